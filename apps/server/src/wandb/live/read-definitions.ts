import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';

/** A definition in the form of our own `defineMetric`. */
export interface DefinitionInput {
  readonly name: string;
  readonly summary: readonly string[];
  readonly goal: 'minimize' | 'maximize' | null;
  readonly stepMetric: string | null;
  readonly stepSync: boolean;
  readonly hidden: boolean;
  readonly overwrite: true;
}

/** The numbers by which the client calls the fields and words of a definition. */
const FIELD = { name: '1', glob: '2', stepMetric: '5', options: '6', summary: '7', goal: '8' } as const;
const OPTION = { stepSync: 1, hidden: 2, defined: 3 } as const;
const SUMMARY = new Map([
  [1, 'min'],
  [2, 'max'],
  [3, 'mean'],
  [4, 'best'],
  [5, 'last'],
  [6, 'none'],
  [7, 'copy'],
  [8, 'first'],
]);

/**
 * The metric definitions in `_wandb.m` of a config, in the order given. Each says all that the client knows of its metric.
 *
 * Left out are entries that define nothing: those that are in the list only because another has them as its step metric. A glob
 * that asks for nothing stays, for it masks wider ones.
 * `best` without a goal, which our own log refuses, is left out of its definition.
 */
export function readDefinitions(own: JsonObject): DefinitionInput[] {
  const list = Array.isArray(own.m) ? own.m : [];
  return list.flatMap((entry) => {
    const definition = isJsonObject(entry) ? readEntry(entry, list) : null;
    return definition ? [definition] : [];
  });
}

/** The definitions of `later` that `earlier` has not, or has otherwise. */
export function changedDefinitions(
  earlier: readonly DefinitionInput[],
  later: readonly DefinitionInput[],
): DefinitionInput[] {
  const known = new Map(earlier.map((definition) => [definition.name, JSON.stringify(definition)]));
  return later.filter((definition) => known.get(definition.name) !== JSON.stringify(definition));
}

function readEntry(entry: JsonObject, list: readonly JsonValue[]): DefinitionInput | null {
  const name = nameOf(entry);
  const options = numbersOf(entry[FIELD.options]);
  const goal = entry[FIELD.goal] === 1 ? 'minimize' : entry[FIELD.goal] === 2 ? 'maximize' : null;
  const summary = numbersOf(entry[FIELD.summary]).flatMap((kind) => SUMMARY.get(kind) ?? []);
  const index = entry[FIELD.stepMetric];
  const step = typeof index === 'number' ? list[index - 1] : undefined;
  const stepMetric = isJsonObject(step) ? nameOf(step) : null;
  const isGlob = typeof entry[FIELD.glob] === 'string';
  const saysSomething = isGlob || options.length > 0 || summary.length > 0 || stepMetric !== null;
  if (name === null || !saysSomething) return null;
  return {
    name,
    summary: summary.filter((word) => word !== 'best' || goal !== null),
    goal,
    stepMetric,
    stepSync: options.includes(OPTION.stepSync),
    hidden: options.includes(OPTION.hidden),
    overwrite: true,
  };
}

function nameOf(entry: JsonObject): string | null {
  const name = entry[FIELD.name] ?? entry[FIELD.glob];
  return typeof name === 'string' && name !== '' ? name : null;
}

function numbersOf(list: JsonValue | undefined): number[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === 'number') : [];
}
