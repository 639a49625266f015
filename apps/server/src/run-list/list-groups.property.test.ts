import type { JsonValue } from '@summa/core/json/json-value';
import { compareText } from '@summa/core/query/compare-text';
import { matchesFilter } from '@summa/core/query/matches-filter';
import { parseFilter } from '@summa/core/query/parse-filter';
import type { RunFilter } from '@summa/core/query/run-filter';
import { type RunView, targetValue } from '@summa/core/query/run-view';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestServices, type TestServices } from '../testing/test-services.ts';
import { uuidV7 } from '../uuid-v7.ts';
import { listGroups, type RunGroup } from './list-groups.ts';
import { GROUP_FIELDS, type GroupKey, groupFilter } from './run-group.ts';
import type { GroupMetric } from './run-group-store.ts';
import { anyFilter, anyRuns, USER_NAMES } from './testing/arbitrary-runs.ts';
import { insertSamples } from './testing/insert-samples.ts';
import { sampleView } from './testing/sample-run.ts';

let test: TestServices;
const userIds = new Map<string, string>();
beforeAll(async () => {
  test = await openTestServices();
  await test.services.database.prisma.user.deleteMany();
  for (const name of USER_NAMES) {
    const id = uuidV7(new Date());
    await test.services.database.prisma.user.create({ data: { id, name, displayName: name } });
    userIds.set(name, id);
  }
});
afterAll(() => test.close());

const WORLDS = 5;
const STATISTICS = ['VALUE', 'LAST', 'MIN', 'MEAN', 'COUNT', 'STDDEV'] as const;
const anyKey: fc.Arbitrary<GroupKey> = fc.oneof(
  fc.record({ section: fc.constant('field' as const), field: fc.constantFrom(...GROUP_FIELDS) }),
  fc.record({
    section: fc.constant('config' as const),
    key: fc.constantFrom('lr', 'optimizer', 'model.depth', 'absent'),
  }),
);
const anyMetric: fc.Arbitrary<GroupMetric> = fc.record({
  section: fc.constant('summary' as const),
  key: fc.constantFrom('loss', 'val.acc', 'note', 'best', 'absent'),
  statistic: fc.constantFrom(...STATISTICS),
});
const anyQuery = fc.record({
  world: fc.nat({ max: WORLDS - 1 }),
  by: fc.uniqueArray(anyKey, { minLength: 1, maxLength: 3, selector: (key) => JSON.stringify(key) }),
  metrics: fc.array(anyMetric, { maxLength: 3 }),
  filter: anyFilter,
  size: fc.constantFrom(1, 3, 1000),
});

it('gives the groups that a walk over all runs finds, in their order, however the pages are cut', async () => {
  const worlds = await Promise.all(Array.from({ length: WORLDS }, (_, seed) => makeWorld(seed)));
  await fc.assert(
    fc.asyncProperty(anyQuery, async ({ world, by, metrics, filter, size }) => {
      const { views, projectId } = worlds[world] ?? { views: [], projectId: '' };
      const groups: RunGroup[] = [];
      for (let after: string | undefined; ; ) {
        const page = await listGroups(test.services, projectId, { by, metrics, filter, first: size, after });
        groups.push(...page.edges.map((edge) => edge.node));
        after = page.edges.at(-1)?.cursor;
        if (!page.hasNextPage) {
          expect(await page.totalCount()).toBe(groups.length);
          break;
        }
      }
      const expected = naiveGroups(
        views.filter((view) => matchesFilter(filter, view)),
        by,
      );
      expect(groups.map(({ values, runCount }) => ({ values, runCount }))).toEqual(
        expected.map(({ values, runs }) => ({ values, runCount: runs.length })),
      );
      for (const [i, group] of groups.entries()) {
        const runs = expected[i]?.runs ?? [];
        for (const [j, metric] of metrics.entries()) expectStatistics(group, j, numbersOf(runs, metric));
        expect(idsOf(views, { and: [filter, parseFilter(groupFilter(by, group.values))] })).toEqual(
          runs.map((run) => run.id).sort(),
        );
      }
    }),
    { numRuns: 200 },
  );
}, 120_000);

async function makeWorld(seed: number): Promise<{ views: readonly RunView[]; projectId: string }> {
  const [samples = []] = fc.sample(anyRuns({ minLength: 25, maxLength: 40 }), { numRuns: 1, seed });
  return { views: samples.map(sampleView), projectId: await insertSamples(test.services, samples, userIds) };
}

interface NaiveGroup {
  readonly values: RunGroup['values'];
  readonly runs: RunView[];
}

/** One run is in as many groups as it has tags. */
function naiveGroups(views: readonly RunView[], by: readonly GroupKey[]): NaiveGroup[] {
  const groups = new Map<string, NaiveGroup>();
  for (const view of views) {
    const choices = by.map((key) => naiveValues(targetValue(view, key)));
    const combinations = choices.reduce<RunGroup['values'][]>(
      (all, values) => all.flatMap((one) => values.map((value) => [...one, value])),
      [[]],
    );
    for (const values of combinations) {
      const name = values.map((value) => `${rankOf(value)} ${value.kind === 'scalar' ? value.value : ''}`).join('\n');
      const group = groups.get(name) ?? { values, runs: [] };
      groups.set(name, group);
      group.runs.push(view);
    }
  }
  return [...groups.values()].sort((a, b) => {
    for (const [i, value] of a.values.entries()) {
      const order = compareValues(value, b.values[i] ?? { kind: 'missing' });
      if (order !== 0) return order;
    }
    return 0;
  });
}

type Value = RunGroup['values'][number];

function naiveValues(value: JsonValue | undefined): Value[] {
  if (value === undefined) return [{ kind: 'missing' }];
  if (Array.isArray(value) && value.length > 0 && value.every((tag) => typeof tag === 'string'))
    return value.map((tag) => ({ kind: 'scalar', value: tag }));
  if (typeof value === 'number' && !Number.isNaN(value)) return [{ kind: 'scalar', value: value === 0 ? 0 : value }];
  if (typeof value === 'string' || typeof value === 'boolean') return [{ kind: 'scalar', value }];
  return [{ kind: 'other' }];
}

function rankOf(value: Value): number {
  if (value.kind !== 'scalar') return value.kind === 'other' ? 3 : 4;
  return ['number', 'string', 'boolean'].indexOf(typeof value.value);
}

function compareValues(a: Value, b: Value): number {
  if (rankOf(a) !== rankOf(b) || a.kind !== 'scalar' || b.kind !== 'scalar') return rankOf(a) - rankOf(b);
  if (typeof a.value === 'string' && typeof b.value === 'string') return compareText(a.value, b.value);
  return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
}

function numbersOf(runs: readonly RunView[], metric: GroupMetric): number[] {
  const values = runs.map((run) => targetValue(run, metric));
  return values.flatMap((value) => (typeof value === 'number' && Number.isFinite(value) ? value : []));
}

function expectStatistics(group: RunGroup, i: number, numbers: readonly number[]): void {
  const { count = 0, min = null, max = null, mean = null, stddev = null } = group.statistics[i] ?? {};
  // Which zero is the least one is nobody's affair: adding 0 makes all of them 0.
  expect([count, min === null ? null : min + 0, max === null ? null : max + 0]).toEqual(
    numbers.length === 0 ? [0, null, null] : [numbers.length, Math.min(...numbers) + 0, Math.max(...numbers) + 0],
  );
  if (numbers.length === 0) {
    expect([mean, stddev]).toEqual([null, null]);
    return;
  }
  // Scaled, so that the sum of the largest doubles is one.
  const scale = Math.max(...numbers.map(Math.abs)) || 1;
  const scaled = numbers.map((number) => number / scale);
  const center = scaled.reduce((sum, number) => sum + number, 0) / scaled.length;
  const spread = Math.sqrt(scaled.reduce((sum, number) => sum + (number - center) ** 2, 0) / scaled.length);
  // Half of the least double is none.
  if (scale > 1e-300) expect((mean ?? 0) / scale).toBeCloseTo(center, 12);
  // The variance of numbers beyond 1e154 is beyond the largest double, as that of a metric is.
  if (scale < 1e150 && scale > 1e-150) expect((stddev ?? 0) / scale).toBeCloseTo(spread, 12);
}

function idsOf(views: readonly RunView[], filter: RunFilter): string[] {
  return views
    .filter((view) => matchesFilter(filter, view))
    .map((view) => view.id)
    .sort();
}
