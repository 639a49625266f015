import {
  FILTER_STATISTICS,
  type FilterStatistic,
  RUN_FIELD_TYPES,
  type RunField,
  type RunTarget,
} from '@summa/core/query/run-target';
import { UsageError } from '../command-error.ts';
import { didYouMean } from '../frame/did-you-mean.ts';

/** Something of a run as it was named: a target, or a key of which only the project knows whether config or summary has it. */
export type TargetName = RunTarget | { readonly section: 'unknown'; readonly key: string };

// Object.keys gives the names that the table was written with, and no others.
const FIELDS = new Map((Object.keys(RUN_FIELD_TYPES) as RunField[]).map((field) => [toCamelCase(field), field]));

/** How fields of a run are written in filters, orders and columns: `name`, `state`, `createdAt`. */
export const FIELD_NAMES: readonly string[] = [...FIELDS.keys()];

/**
 * Reads the name of something of a run: a field (`state`), a key (`lr`), or a key with a statistic (`val/acc:max`), which
 * is one of the summary. `run.`, `config.` and `summary.` in front settle which of them is meant.
 *
 * Throws `UsageError` for a field or a key that cannot be.
 */
export function parseTargetName(text: string): TargetName {
  const [, section, rest = ''] = /^(run|config|summary)\.(.*)$/s.exec(text) ?? [];
  if (section === 'run') return fieldTarget(rest);
  if (section === 'config') return { section, key: someKey(rest, text) };
  const { key, statistic } = splitStatistic(section === undefined ? text : rest);
  someKey(key, text);
  if (section === 'summary' || statistic !== null) {
    return { section: 'summary', key, statistic: statistic ?? 'VALUE' };
  }
  const field = FIELDS.get(text);
  return field === undefined ? { section: 'unknown', key } : { section: 'field', field };
}

/** How a target is written so that `parseTargetName` reads it again, whatever the project's keys are. */
export function formatTarget(target: RunTarget): string {
  if (target.section === 'field') return `run.${toCamelCase(target.field)}`;
  if (target.section === 'config') return `config.${target.key}`;
  const statistic = target.statistic === 'VALUE' ? '' : `:${target.statistic.toLowerCase()}`;
  return `summary.${target.key}${statistic}`;
}

/** The name of a field in the API's answers: `createdAt` of `CREATED_AT`. */
export function toCamelCase(field: string): string {
  return field.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

function fieldTarget(name: string): TargetName {
  const field = FIELDS.get(name);
  if (field !== undefined) return { section: 'field', field };
  const nearest = didYouMean(name, FIELD_NAMES) || `; the fields are ${FIELD_NAMES.join(', ')}`;
  throw new UsageError(`a run has no field ${JSON.stringify(name)}${nearest}`);
}

function someKey(key: string, text: string): string {
  if (key === '') throw new UsageError(`${JSON.stringify(text)} names no key`);
  return key;
}

/** A name cut at its last colon, when a statistic stands behind that. */
function splitStatistic(text: string): { readonly key: string; readonly statistic: FilterStatistic | null } {
  const colon = text.lastIndexOf(':');
  const word = text.slice(colon + 1).toUpperCase();
  const statistic = colon === -1 ? undefined : FILTER_STATISTICS.find((known) => known === word);
  return statistic === undefined ? { key: text, statistic: null } : { key: text.slice(0, colon), statistic };
}
