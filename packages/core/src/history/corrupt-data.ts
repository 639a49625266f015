import { SummaError } from '../summa-error.ts';

/** The error for stored bytes that cannot be what was written: `what` says where they stop making sense. */
export function corruptData(what: string, options?: ErrorOptions): SummaError {
  return new SummaError(
    'CORRUPT_DATA',
    `stored history is damaged: ${what}; restore this part from a backup`,
    [],
    options,
  );
}
