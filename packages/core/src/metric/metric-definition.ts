import { isPlainObject } from '../json/wire-json.ts';
import { checkKey, quoteKey } from '../key/check-key.ts';
import { normalizeKey } from '../key/key-path.ts';
import { SummaError } from '../summa-error.ts';
import { type Goal, parseStatistics, type SummaryOption } from './statistic.ts';

/**
 * What somebody asked to be shown of one metric, or of all whose key matches a glob. Null and an empty `summary` mean
 * that the definition says nothing about it, so that an earlier one of the same name holds.
 */
export interface MetricDefinition {
  /** A key, or a glob when it holds `*` (any text, dots and slashes too). */
  readonly name: string;
  readonly summary: readonly SummaryOption[];
  readonly goal: Goal | null;
  /** The key of the metric that charts use as x axis. */
  readonly stepMetric: string | null;
  readonly stepSync: boolean | null;
  readonly hidden: boolean | null;
  /** Whether earlier definitions of the same name are forgotten. */
  readonly overwrite: boolean;
}

const FIELDS = ['name', 'summary', 'goal', 'objective', 'stepMetric', 'stepSync', 'hidden', 'overwrite'];
const GOALS: Readonly<Record<string, Goal>> = {
  min: 'minimize',
  minimize: 'minimize',
  max: 'maximize',
  maximize: 'maximize',
};

/** Whether a definition's name is a glob. */
export function isGlob(name: string): boolean {
  return name.includes('*');
}

/**
 * Reads a definition `{ name, summary?, goal?, stepMetric?, stepSync?, hidden?, overwrite? }`; `objective` is the older
 * word for `goal`, and null or an absent field says nothing.
 *
 * Throws INVALID_DEFINITION that names every bad field; its path is the first. Whether `best` has a goal depends on
 * earlier definitions too: `addDefinition` checks it.
 */
export function parseDefinition(input: unknown): MetricDefinition {
  if (typeof input !== 'object' || input === null || !isPlainObject(input)) {
    throw new SummaError('INVALID_DEFINITION', 'a metric definition is an object { name, summary, … }');
  }
  const fields = new FieldReader(input);
  const definition = {
    name: fields.read('name', readName) ?? '',
    summary: fields.read('summary', readSummary) ?? [],
    goal: readGoals(fields),
    stepMetric: fields.read('stepMetric', readStepMetric) ?? null,
    stepSync: fields.read('stepSync', flagReader('stepSync')) ?? null,
    hidden: fields.read('hidden', flagReader('hidden')) ?? null,
    overwrite: fields.read('overwrite', flagReader('overwrite')) ?? false,
  };
  fields.finish();
  return definition;
}

class FieldReader {
  readonly #input: Readonly<Record<string, unknown>>;
  readonly #problems: { readonly field: string; readonly message: string }[] = [];

  constructor(input: Readonly<Record<string, unknown>>) {
    this.#input = input;
    for (const field of Object.keys(input)) {
      if (!FIELDS.includes(field)) this.reject(field, `unknown field ${quoteKey(field)}`);
    }
    if (input.name === undefined || input.name === null) this.reject('name', 'name is missing');
  }

  /** What `read` makes of a field, or undefined when it is absent or bad. */
  read<Value>(field: string, read: (given: unknown) => Value): Value | undefined {
    const given = this.#input[field];
    if (given === undefined || given === null) return undefined;
    try {
      return read(given);
    } catch (error) {
      if (!(error instanceof SummaError)) throw error;
      this.reject(field, error.message);
      return undefined;
    }
  }

  reject(field: string, message: string): void {
    this.#problems.push({ field, message });
  }

  finish(): void {
    const [first] = this.#problems;
    if (!first) return;
    const name = typeof this.#input.name === 'string' ? ` of ${quoteKey(this.#input.name)}` : '';
    const messages = this.#problems.map((problem) => problem.message).join('; ');
    throw new SummaError('INVALID_DEFINITION', `definition${name}: ${messages}`, [first.field]);
  }
}

function readName(given: unknown): string {
  const name = readText('name', given);
  if (name.trim() === '') throw invalid('name is empty; give the key of a metric or a glob');
  checkKey(name);
  return isGlob(name) ? name : normalizeKey(name);
}

function readSummary(given: unknown): SummaryOption[] {
  const isList = Array.isArray(given) && given.every((item) => typeof item === 'string');
  if (typeof given !== 'string' && !isList) throw invalid('summary is neither a comma list nor an array of texts');
  return parseStatistics(given);
}

function readGoals(fields: FieldReader): Goal | null {
  const goal = fields.read('goal', readGoal) ?? null;
  const objective = fields.read('objective', readGoal) ?? null;
  if (goal && objective && goal !== objective) {
    fields.reject('objective', `goal says ${goal}, but objective says ${objective}; give only goal`);
  }
  return goal ?? objective;
}

function readGoal(given: unknown): Goal {
  const word = typeof given === 'string' ? given.trim().toLowerCase() : '';
  const goal = Object.hasOwn(GOALS, word) ? GOALS[word] : undefined;
  if (!goal) throw invalid(`goal ${show(given)} is neither minimize nor maximize`);
  return goal;
}

function readStepMetric(given: unknown): string | null {
  const key = readText('stepMetric', given);
  if (key === '') return null;
  if (isGlob(key)) throw invalid(`stepMetric ${quoteKey(key)} is a glob; name one metric`);
  checkKey(key);
  return normalizeKey(key);
}

function readText(field: string, given: unknown): string {
  if (typeof given !== 'string') throw invalid(`${field} is ${show(given)}, not text`);
  return given;
}

function flagReader(field: string): (given: unknown) => boolean {
  return (given) => {
    if (typeof given !== 'boolean') throw invalid(`${field} is ${show(given)}, not true or false`);
    return given;
  };
}

function show(given: unknown): string {
  return typeof given === 'string' ? quoteKey(given) : typeof given === 'object' ? 'an object' : String(given);
}

function invalid(message: string): SummaError {
  return new SummaError('INVALID_DEFINITION', message);
}
