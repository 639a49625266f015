import { isJsonObject, type JsonValue } from '@summa/core/json/json-value';
import { clientStatistic } from './client-view.ts';
import type { Decision, Difference, DifferentMetric } from './decision.ts';
import { matchesGlob, statisticOf, valuesOf, type Wish, wishesOf } from './expected-summary.ts';
import { areRelated, type Event, isAtOrBelow, isNumber, isSamePath, type Path, pathOfName } from './naive-run.ts';
import { isNear, isSame } from './same-value.ts';

/**
 * All that a summary of the client and ours may differ in. Of the decisions that could explain a difference the first one does.
 *
 * What ours shows is checked apart from these, against `expectedSummary`; here it is asked what made the client show something else.
 */
export const DECISIONS: readonly Decision[] = [
  {
    name: 'bookkeeping',
    sentence:
      'The client keeps _step, _timestamp and _wandb in its summary, and in _runtime the whole seconds until its end; ours has _runtime as it was logged, and the rest as fields of the run.',
    explains: ({ path: [name = ''], ours, client, events }) => {
      if (name === '_runtime') return Number.isInteger(client) && Number(client) >= Math.floor(Number(ours ?? 0));
      if (name === '_step') return ours === undefined && isSame(client, lastStepOf(events));
      return ours === undefined && ['_timestamp', '_wandb'].includes(name);
    },
  },
  {
    name: 'null says nothing',
    sentence: 'NaN and None in a dict that is written by hand arrive as null; ours shows no value there.',
    explains: ({ path, client, ours, events }) =>
      client === null &&
      ours === undefined &&
      events.some((event) => event.is === 'write' && isAtOrBelow(path, event.path)),
  },
  {
    name: 'what was logged stays',
    sentence:
      'A metric that the client deletes, or replaces by a dict without it, still shows: it was logged, and a document does not tell a deletion from anything else.',
    explains: onMetric(
      ({ path, lastRow, isShownByClient }, { client, ours, events }) =>
        !isShownByClient &&
        client === undefined &&
        ours !== undefined &&
        events.slice(lastRow).some((event) => removes(event, path)),
    ),
  },
  {
    name: 'media are one value',
    sentence:
      'The client takes the fields of media and tables for metrics of their own, mixes those of several and folds them by globs; ours keeps the last one whole.',
    explains: onMetric(
      ({ statistic, values }, { client, ours }) =>
        statistic === '' && client !== undefined && isTyped(ours) && isSame(ours, values.at(-1)),
    ),
  },
  {
    name: 'a statistic that is asked for is folded',
    sentence:
      'A value that is written by hand in place of a statistic which a definition asks for shows in the client only.',
    explains: onMetric(
      ({ path, statistic, ours, lastRow }, { client, events }) =>
        ours.statistics.includes(statistic) &&
        events.slice(lastRow).some((event) => writes(event, [...path, statistic], client)),
    ),
  },
  {
    name: 'a value by hand does not end statistics',
    sentence:
      'Once a value was written by hand, at a metric or below it, the client shows no statistics, but what was written or logged last; ours goes on with the statistics.',
    explains: onMetric(({ client: view, ours, statistic, path, lastRow, values }, { client, events }) => {
      if (isPlain(ours) || (statistic === '') !== (client !== undefined)) return false;
      const later = events.slice(lastRow);
      const isBelow = later.some(
        (event) =>
          event.is === 'write' &&
          isAtOrBelow(event.path, path) &&
          (event.path.length > path.length || isJsonObject(event.value)),
      );
      return view.isCancelled || isBelow || later.some((event) => writes(event, path, values.at(-1)));
    }),
  },
  {
    name: 'a change of shape loses nothing',
    sentence:
      'When a number becomes a dict, or a dict is deleted, the client forgets definitions and statistics at and below it; ours keeps them.',
    explains: onMetric(({ path, statistic, values, lastRow }, difference) => {
      const { client, ours, events } = difference;
      const change = events.findLastIndex((event, i) => i <= lastRow && changesShape(event, path));
      if (change === -1) return statistic === '' && client === undefined && changesShapeLater(difference, lastRow);
      const since = valuesOf(events.slice(change), path);
      if (statistic === '')
        return client === undefined ? changesShapeLater(difference, lastRow) : isSame(client, values.at(-1));
      return client === undefined ? ours !== undefined : isNear(client, clientStatistic(statistic, since));
    }),
  },
  {
    name: 'left out is gone',
    sentence: 'What the client showed of a metric stays there while the metric is left out; ours shows none of it.',
    explains: onMetric(
      ({ ours, statistic, values, client: { wish } }, { client, ours: shown }) =>
        (ours.isLeftOut || wish.isLeftOut) &&
        shown === undefined &&
        values.some((_, i) => isNear(client, shownOf(statistic, values.slice(0, i + 1)))),
    ),
  },
  {
    name: 'definitions hold at once',
    sentence:
      'A definition reaches the summary of the client when the metric is logged again; ours follows at once, and shows what it would have shown from the start.',
    explains: onMetric(
      (metric, difference) =>
        showsBy(metric.client.wish, metric.statistic, difference) &&
        difference.events
          .slice(metric.lastRow)
          .some((event) => event.is === 'definition' && isAbout(event.name, metric.path)),
    ),
  },
  {
    name: 'the most specific glob',
    sentence: 'Of several globs that match, the client takes one at random; ours takes the longest.',
    explains: onMetric(({ client: { globs }, statistic }, difference) => {
      const wishes = wishesOf(difference.events);
      return globs.length > 1 && globs.some((name) => showsBy(wishes.get(name) ?? NOTHING, statistic, difference));
    }),
  },
  {
    name: 'globs are read anew',
    sentence:
      'The client copies a glob to a metric once, when this is first logged, and later definitions add to the copy; ours asks the definitions as they are.',
    explains: onMetric(
      ({ client: { globs, wish }, statistic }, difference) =>
        globs.length === 1 && showsBy(wish, statistic, difference),
    ),
  },
  {
    name: 'globs match dots in keys',
    sentence: 'Globs of the client do not match a key with a dot in it; ours do.',
    explains: onMetric(
      ({ path, statistic, client: { wish } }, difference) =>
        path.some((element) => element.includes('.')) &&
        [...wishesOf(difference.events).keys()].some((name) => matchesGlob(name, path)) &&
        showsBy(wish, statistic, difference),
    ),
  },
  {
    name: 'first is the first',
    sentence:
      'Deleting a value or writing it by hand makes the client take the next one for the first, or none; ours keeps the first.',
    explains: onMetric(({ statistic, path, lastRow, values, client: { sinceWritten } }, { client, events }) => {
      if (statistic !== 'first') return false;
      const isWritten = events.slice(0, lastRow).some((event) => event.is === 'write' && isSamePath(event.path, path));
      return client === null ? isWritten : sinceWritten.length < values.length && isSame(client, sinceWritten[0]);
    }),
  },
  {
    name: 'NaN spoils nothing',
    sentence:
      'One NaN makes min, max and mean of the client NaN for ever; ours counts it, and folds the finite values.',
    explains: numeric(({ values }, { client }) => values.some(isNaNValue) && isSame(client, Number.NaN)),
  },
  {
    name: 'infinities are counted apart',
    sentence:
      'Infinities are extremes of the client and make its mean infinite or NaN; ours counts them, and folds the finite values.',
    explains: numeric(({ values }) => values.some(isInfinite)),
  },
  {
    name: 'booleans are 0 and 1',
    sentence: 'Booleans are no numbers to the client; ours takes them for 0 and 1.',
    explains: numeric(({ values }) => values.some((value) => typeof value === 'boolean')),
  },
  {
    name: 'nothing is invented',
    sentence:
      'Of a metric without numbers the client shows min and max 0 and mean NaN; ours shows no such statistic, and the last value when nothing else is asked for.',
    explains: onMetric(({ values, statistic, ours }, { client, ours: shown }) => {
      if (values.some(isNumber)) return false;
      if (statistic !== '') return shown === undefined && isSame(client, clientStatistic(statistic, values));
      return client === undefined && isSame(shown, values.at(-1)) && !isPlain(ours);
    }),
  },
  {
    name: 'means are exact',
    sentence: 'The client adds up and divides; ours loses nothing to rounding.',
    explains: onMetric(
      ({ statistic, values }, { client, ours }) =>
        statistic === 'mean' &&
        isNear(client, clientStatistic('mean', values)) &&
        isNear(ours, statisticOf('mean', values)),
    ),
  },
  {
    name: 'no update is lost',
    sentence:
      'When a dict is deleted or written by hand and logged again within one request, the client loses what it logged there; ours has it.',
    isByChance: true,
    explains: onMetric(({ path, statistic, values }, { client, ours, events }) => {
      const isEarlier = values.some((_, i) => isSame(client, shownOf(statistic, values.slice(0, i + 1))));
      const isReplaced = events.some((event) => removes(event, path) && event.path.length < path.length);
      return isReplaced && ours !== undefined && (client === undefined || isEarlier);
    }),
  },
];

const NOTHING: Wish = { statistics: [], isLeftOut: false };

function onMetric(
  explains: (metric: DifferentMetric, difference: Difference) => boolean,
): (difference: Difference) => boolean {
  return (difference) => difference.metric !== null && explains(difference.metric, difference);
}

/** A difference in a statistic which the client has as its rules make it of the values. */
function numeric(
  explains: (metric: DifferentMetric, difference: Difference) => boolean,
): (difference: Difference) => boolean {
  return onMetric((metric, difference) => {
    const { statistic, values } = metric;
    if (!['min', 'max', 'mean'].includes(statistic)) return false;
    return isNear(difference.client, clientStatistic(statistic, values)) && explains(metric, difference);
  });
}

/** Whether the client shows a statistic, or the value itself, exactly when this wish says so, and ours does otherwise. */
function showsBy(wish: Wish, statistic: string, { client, ours }: Difference): boolean {
  const isWanted =
    statistic === '' ? isPlain(wish) && !wish.isLeftOut : !wish.isLeftOut && wish.statistics.includes(statistic);
  return isWanted === (client !== undefined) && (client === undefined) !== (ours === undefined);
}

/** What the client showed when these values were logged: the last one, or a statistic of them. */
function shownOf(statistic: string, values: readonly JsonValue[]): JsonValue | undefined {
  return statistic === '' ? values.at(-1) : clientStatistic(statistic, values);
}

function isPlain({ statistics, isLeftOut }: Wish): boolean {
  return statistics.length === 0 && !isLeftOut;
}

function isAbout(name: string, path: Path): boolean {
  return name.endsWith('*') ? matchesGlob(name, path) : isSamePath(pathOfName(name), path);
}

function removes(event: Event, path: Path): event is Extract<Event, { is: 'write' | 'deletion' }> {
  return (event.is === 'deletion' || event.is === 'write') && isAtOrBelow(path, event.path);
}

/** Whether something is logged, written or deleted above or below a metric, so that this is replaced or gone. */
function changesShape(event: Event, path: Path): boolean {
  if (event.is === 'definition') return false;
  if (event.is === 'row')
    return event.logged.some((leaf) => leaf.path.length !== path.length && areRelated(leaf.path, path));
  return event.path.length < path.length && areRelated(event.path, path);
}

function changesShapeLater({ events, metric }: Difference, row: number): boolean {
  return events.slice(row).some((event) => metric !== null && changesShape(event, metric.path));
}

function writes(event: Event, path: Path, value: JsonValue | undefined): boolean {
  return event.is === 'write' && isSamePath(event.path, path) && isSame(event.value, value);
}

function isTyped(value: JsonValue | undefined): boolean {
  return value !== undefined && isJsonObject(value) && '_type' in value;
}

function lastStepOf(events: readonly Event[]): number | undefined {
  const row = events.findLast((event) => event.is === 'row');
  return row?.is === 'row' ? row.step : undefined;
}

function isNaNValue(value: JsonValue): boolean {
  return typeof value === 'number' && Number.isNaN(value);
}

function isInfinite(value: JsonValue): boolean {
  return typeof value === 'number' && Math.abs(value) === Number.POSITIVE_INFINITY;
}
