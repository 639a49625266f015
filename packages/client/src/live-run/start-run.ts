import { fromWire } from '@summa/core/json/wire-json';
import { type RunFieldsFragment, StartRunDocument, type StartRunInput } from '../generated/graphql.ts';
import { parseProjectPath } from '../project-path.ts';
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

const MOST_TRIES = 5;

/** Starts or resumes a run; tries up to five times while the server is away or busy, and never starts two runs. */
export async function requestStart(
  execute: Execute,
  options: StartRunOptions,
  delivery: Pick<DeliveryPolicy, 'backoff'>,
  signal?: AbortSignal,
): Promise<StartedRun> {
  const input = toInput(options);
  for (let attempt = 1; ; attempt++) {
    try {
      const { startRun } = await execute(StartRunDocument, { input }, { signal });
      const position = startRun.writers.find(({ writer }) => writer === input.writer);
      const acceptedRows = position?.acceptedRows ?? 0;
      // A run with a random name can only be resumed because our own first request was heard.
      const resumed = startRun.resumed && options.name !== undefined;
      return { fields: startRun.run, resumed, writer: input.writer, acceptedRows };
    } catch (error) {
      const mayRepeat = options.name === undefined || input.resume !== 'NEVER' || hasAnswered(error);
      if (!isTransient(error) || !mayRepeat || attempt >= MOST_TRIES) throw error;
      // The lost answer may have been a yes. Nobody else has a name as random as this, so a run of it is ours.
      if (options.name === undefined) input.resume = 'ALLOW';
      await wait(waitBeforeRetry(attempt, error, delivery.backoff), signal);
    }
  }
}

/** Whether the server refused for now, and so has certainly not started the run. */
function hasAnswered(error: unknown): boolean {
  return isTransient(error) && error.status !== undefined;
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
