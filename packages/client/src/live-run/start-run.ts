import { fromWire } from '@summa/core/json/wire-json';
import { type RunFieldsFragment, StartRunDocument, type StartRunInput } from '../generated/graphql.ts';
import { parseProjectPath } from '../project-path.ts';
import { SummaClientError } from '../summa-client-error.ts';
import { isTransient, waitBeforeRetry } from '../transport/backoff.ts';
import type { Execute } from '../transport/execute.ts';
import { wait } from '../transport/wait.ts';
import type { DeliveryPolicy } from './delivery-policy.ts';

/** How a run begins. */
export interface StartRunOptions {
  /** `entity/project` or just the project; a missing project is made when the key may write to the entity. */
  readonly project: string;
  /** By default the viewer's own. */
  readonly entity?: string;
  /** The run's id in its project; by default eight random letters and digits. */
  readonly name?: string;
  /** For people; by default the server chooses. */
  readonly displayName?: string;
  /** What to do when the name exists: NEVER (the default) fails, ALLOW goes on with it, MUST fails when it does not. */
  readonly resume?: 'NEVER' | 'ALLOW' | 'MUST';
  /** What the run was started with: learning rate, seed, data. */
  readonly config?: object;
  /** Where and how it runs: host, commit, command. */
  readonly metadata?: object;
  readonly tags?: readonly string[];
  readonly notes?: string;
  readonly group?: string;
  readonly jobType?: string;
  /** The writer's id; by default a random one. A known one goes on after the rows that the server has of it. */
  readonly writer?: string;
}

/** A run as the server started it, and how many of this writer's rows it has already. */
export interface StartedRun {
  readonly fields: RunFieldsFragment;
  readonly resumed: boolean;
  readonly writer: string;
  readonly acceptedRows: number;
}

/** What a run is started with, once everything that the caller left open is settled. */
export interface SettledStart {
  readonly input: StartRunInput & { readonly name: string; readonly writer: string };
  /** Whether the name is random, so that nobody else can have it. */
  readonly isNameRandom: boolean;
}

const MOST_TRIES = 5;

/** Chooses the name and the writer that were left open; throws INVALID_OPTION for a project path that is none. */
export function settleStart(options: StartRunOptions): SettledStart {
  return { input: toInput(options), isNameRandom: options.name === undefined };
}

/** The same start asked for once more, when nobody knows what became of the first: a run of a random name is ours. */
export function retryOf({ input, isNameRandom }: SettledStart): SettledStart {
  return { input: isNameRandom ? { ...input, resume: 'ALLOW' } : input, isNameRandom };
}

/** Starts or resumes a run; tries up to five times while the server is away or busy, and never starts two runs. */
export async function requestStart(
  execute: Execute,
  { input: given, isNameRandom }: SettledStart,
  delivery: Pick<DeliveryPolicy, 'backoff'>,
  { signal, mostTries = MOST_TRIES }: { readonly signal?: AbortSignal | undefined; readonly mostTries?: number } = {},
): Promise<StartedRun> {
  const input = { ...given };
  for (let attempt = 1; ; attempt++) {
    try {
      const { startRun } = await execute(StartRunDocument, { input }, { signal });
      const position = startRun.writers.find(({ writer }) => writer === input.writer);
      const acceptedRows = position?.acceptedRows ?? 0;
      // A run with a random name can only be resumed because our own first request was heard.
      const resumed = startRun.resumed && !isNameRandom;
      return { fields: startRun.run, resumed, writer: input.writer, acceptedRows };
    } catch (error) {
      if (!mayStartAgain(error, input, isNameRandom) || attempt >= mostTries) throw error;
      // The lost answer may have been a yes. Nobody else has a name as random as this, so a run of it is ours.
      if (isNameRandom) input.resume = 'ALLOW';
      await wait(waitBeforeRetry(attempt, error, delivery.backoff), signal);
    }
  }
}

/** Whether a start that failed may be asked for again without starting a second run or taking up a stranger's. */
export function mayStartAgain(error: unknown, { resume }: StartRunInput, isNameRandom: boolean): boolean {
  // A run of a random name is there because something between us and the server sent our request twice.
  if (isNameRandom && error instanceof SummaClientError && error.code === 'RUN_EXISTS') return resume === 'NEVER';
  return isTransient(error) && (isNameRandom || resume !== 'NEVER' || wasRefused(error) || wasUnheard(error));
}

/** Whether the server refused for now, and so has certainly not started the run. */
function wasRefused(error: SummaClientError): boolean {
  return error.status !== undefined;
}

const UNHEARD = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);

/** Whether no connection came about, so that the request has certainly not been heard. */
function wasUnheard({ cause }: SummaClientError): boolean {
  const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return reason instanceof Error && 'code' in reason && UNHEARD.has(String(reason.code));
}

function toInput(options: StartRunOptions) {
  const { tags, config, metadata, ...rest } = options;
  return {
    ...rest,
    ...parseProjectPath(options.project, options.entity),
    name: options.name ?? randomLetters(8),
    resume: options.resume ?? 'NEVER',
    writer: options.writer ?? randomLetters(24),
    ...(tags !== undefined && { tags: [...tags] }),
    ...(config !== undefined && { config: fromWire(config) }),
    ...(metadata !== undefined && { metadata: fromWire(metadata) }),
  } satisfies StartRunInput;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Random letters and digits: eight are one of 2.8 × 10^12 texts. (`crypto.randomUUID` is missing on plain http pages.) */
function randomLetters(length: number): string {
  const numbers = crypto.getRandomValues(new Uint32Array(length));
  return Array.from(numbers, (number) => LETTERS[number % LETTERS.length]).join('');
}
