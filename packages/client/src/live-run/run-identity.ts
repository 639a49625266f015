import type { Spool } from '../platform/spool.ts';
import { SummaClientError } from '../summa-client-error.ts';
import type { Execute } from '../transport/execute.ts';
import type { DeliveryPolicy } from './delivery-policy.ts';
import type { SenderTarget } from './run-sender.ts';
import { requestStart, retryOf, type SettledStart, type StartedRun } from './start-run.ts';

/** What a run's identity is made of. */
export interface RunIdentityParts {
  readonly execute: Execute;
  readonly settled: SettledStart;
  /** Null when the server was away: it is asked again before anything is sent. */
  readonly started: StartedRun | null;
  readonly policy: DeliveryPolicy;
  readonly spool: Spool | null;
}

/** Who a run is: what its start said, and, once the server has started it, what the server made of that. */
export class RunIdentity {
  /** Its id within the project. */
  readonly name: string;
  /** This process among those that log into the run. */
  readonly writer: string;
  readonly #parts: RunIdentityParts;
  #started: StartedRun | null;

  constructor(parts: RunIdentityParts) {
    this.name = parts.settled.input.name;
    this.writer = parts.settled.input.writer;
    this.#parts = parts;
    this.#started = parts.started;
  }

  /** Whether the server has started the run: not while it is away and a spool keeps what is logged. */
  get isStarted(): boolean {
    return this.#started !== null;
  }

  /** The run's node id; throws RUN_NOT_STARTED before the server has given it one. */
  get id(): string {
    return this.#mustBeStarted().fields.id;
  }

  get displayName(): string {
    return this.#started?.fields.displayName ?? this.#parts.settled.input.displayName ?? this.name;
  }

  /** `entity/project/name`; without the entity before the run is started, unless it was given. */
  get path(): string {
    const { entity, project } = this.#parts.settled.input;
    return this.#started?.fields.path ?? [...(entity ? [entity] : []), project, this.name].join('/');
  }

  /** Where people look at it; throws RUN_NOT_STARTED. */
  get url(): string {
    return this.#mustBeStarted().fields.url;
  }

  /** Whether it existed before. */
  get resumed(): boolean {
    return this.#started?.resumed ?? false;
  }

  /** How many rows of this writer the server had when the run was started. */
  get acceptedRows(): number {
    return this.#started?.acceptedRows ?? 0;
  }

  /** The run to send into; starts it first, with one request, when the server was away before. */
  protected async begin(signal: AbortSignal): Promise<SenderTarget> {
    const { execute, settled, policy, spool } = this.#parts;
    if (this.#started === null) {
      this.#started = await requestStart(execute, retryOf(settled), policy, { signal, mostTries: 1 });
      spool?.start({ id: this.id, path: this.path, acceptedRows: 0 });
    }
    return { runId: this.id, writer: this.writer, acceptedRows: this.acceptedRows };
  }

  #mustBeStarted(): StartedRun {
    if (this.#started !== null) return this.#started;
    const message = `Run ${this.path} was logged without a server so far; await run.flush() to have it started.`;
    throw new SummaClientError('RUN_NOT_STARTED', message);
  }
}
