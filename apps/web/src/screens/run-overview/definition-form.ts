import { parseStatistics, STATISTIC_NAMES } from '@summa/core/metric/statistic';
import type { DefineMetricInput, ShownDefinitionFragment } from '../../generated/graphql.ts';

/** A definition, without the run's id. */
export type DefinitionChange = Omit<DefineMetricInput, 'runId'>;

/** What a definition has the summary show: the last value, some statistics, or nothing. */
export type Showing = 'last' | 'statistics' | 'nothing';

/** A definition as it is filled in. */
export interface DefinitionForm {
  readonly name: string;
  readonly showing: Showing;
  readonly statistics: readonly string[];
  /** Percentiles, such as "p5, p95". */
  readonly percentiles: string;
  readonly goal: '' | 'MINIMIZE' | 'MAXIMIZE';
  readonly stepMetric: string;
  readonly hidden: boolean;
  /** Whether it takes the place of what was said of this name before, or adds to it. */
  readonly replace: boolean;
}

/** Statistics to choose from by a tick. */
export const CHOICES: readonly string[] = STATISTIC_NAMES;

/** A form for a name, filled with what was said of it before. */
export function formOf(name: string, said?: ShownDefinitionFragment): DefinitionForm {
  const summary = said?.summary ?? [];
  const statistics = summary.filter((each) => CHOICES.includes(each));
  const percentiles = summary.filter((each) => /^p\d/.test(each));
  const hasStatistics = statistics.length + percentiles.length > 0;
  return {
    name,
    showing: summary.includes('none') ? 'nothing' : hasStatistics || !said ? 'statistics' : 'last',
    statistics,
    percentiles: percentiles.join(', '),
    goal: said?.goal ?? '',
    stepMetric: said?.stepMetric ?? '',
    hidden: said?.hidden ?? false,
    replace: true,
  };
}

/** A form read: the change to send, or what is wrong with one of its fields in words. */
export type ReadForm =
  | { readonly change: DefinitionChange }
  | { readonly field: 'name' | 'statistics' | 'percentiles' | 'goal'; readonly problem: string };

/** Reads a filled form. */
export function readForm(form: DefinitionForm): ReadForm {
  const name = form.name.trim();
  if (name === '') return { field: 'name', problem: 'Name a metric, or several with *, such as val/*.' };
  const percentiles = readPercentiles(form.percentiles);
  if (percentiles === null) return { field: 'percentiles', problem: 'Write p0 to p100 with commas, such as p5, p95.' };
  const statistics = [...CHOICES.filter((each) => form.statistics.includes(each)), ...percentiles];
  if (form.showing === 'statistics' && statistics.length === 0) {
    return { field: 'statistics', problem: 'Choose at least one statistic.' };
  }
  if (form.showing === 'statistics' && statistics.includes('best') && form.goal === '') {
    return { field: 'goal', problem: 'The best value needs to know which way is better.' };
  }
  const summary = { last: ['copy'], nothing: ['none'], statistics }[form.showing];
  const stepMetric = form.stepMetric.trim();
  return {
    change: {
      name,
      summary,
      ...(form.goal !== '' && { goal: form.goal }),
      ...(stepMetric !== '' && { stepMetric }),
      ...((form.hidden || form.replace) && { hidden: form.hidden }),
      overwrite: form.replace,
    },
  };
}

function readPercentiles(text: string): readonly string[] | null {
  try {
    const read = parseStatistics(text.replaceAll(/[\s,]+/g, ',').replaceAll(/^,|,$/g, ''));
    return read.every((each) => /^p\d/.test(each)) ? read : null;
  } catch {
    return null;
  }
}

/** The definition that brings a name back to what was said of it before; to nothing without `old`. */
export function definitionBack(name: string, old: ShownDefinitionFragment | undefined): DefinitionChange {
  if (!old) return { name, overwrite: true };
  const said = Object.entries(old).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(said), name, overwrite: true };
}
