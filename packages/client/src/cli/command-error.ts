/** A command that was called wrongly: printed with a hint at `--help`, exit code 2. */
export class UsageError extends Error {}

/** A command that failed for a reason its user can act on: printed as it is, exit code 1. */
export class CommandError extends Error {}

/** A command that was interrupted in something: exit code 130, as a shell expects. */
export class Interrupted extends Error {
  /** What holds now, in a sentence. */
  readonly remark: string;

  constructor(place: string, remark = 'What was sent is stored; the same command goes on from there.') {
    super(place);
    this.remark = remark;
  }
}
