import { compareRuns, type RunOrder } from '@summa/core/query/compare-runs';
import { matchesFilter } from '@summa/core/query/matches-filter';
import type { RunFilter } from '@summa/core/query/run-filter';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Services } from '../services.ts';
import { openTestServices, type TestServices } from '../testing/test-services.ts';
import { uuidV7 } from '../uuid-v7.ts';
import { countRuns, listRuns } from './list-runs.ts';
import { anyFilter, anyOrder, anyRuns, USER_NAMES } from './testing/arbitrary-runs.ts';
import { insertSamples } from './testing/insert-samples.ts';
import { type SampleRun, sampleView } from './testing/sample-run.ts';

let test: TestServices;
const userIds = new Map<string, string>();
beforeAll(async () => {
  test = await openTestServices();
  await test.services.database.prisma.user.deleteMany();
  for (const name of USER_NAMES) {
    const { id } = await test.services.database.prisma.user.create({
      data: { id: uuidV7(new Date()), name, displayName: name },
    });
    userIds.set(name, id);
  }
});
afterAll(() => test.close());

const WORLDS = 8;
const anyQuery = fc.record({
  world: fc.nat({ max: WORLDS - 1 }),
  filter: anyFilter,
  order: anyOrder,
  size: fc.constantFrom(1, 3, 10, 1000),
});

it('lists and counts the runs that core filters and sorts, however the pages are cut', async () => {
  const worlds = await Promise.all(Array.from({ length: WORLDS }, (_, seed) => makeWorld(seed)));
  await fc.assert(
    fc.asyncProperty(anyQuery, async ({ world, filter, order, size }) => {
      const { samples, projectId } = worlds[world] ?? { samples: [], projectId: '' };
      const expected = expectedIds(samples, filter, order);
      const list = { services: test.services, projectId, filter, order, size };
      expect(await pageForward(list)).toEqual(expected);
      expect(await pageBackward(list)).toEqual(expected);
      expect(await countRuns(test.services, projectId, filter)).toBe(expected.length);
    }),
    { numRuns: 300 },
  );
}, 120_000);

it('gives each run once, in one order, for every page size and in both directions', async () => {
  const { samples, projectId } = await makeWorld(WORLDS);
  const filter: RunFilter = { and: [] };
  const order: RunOrder[] = [
    { target: { section: 'summary', key: 'loss', statistic: 'VALUE' }, direction: 'DESC' },
    { target: { section: 'config', key: 'lr' }, direction: 'ASC' },
  ];
  const expected = expectedIds(samples, filter, order);
  for (let size = 1; size <= samples.length + 1; size++) {
    const list = { services: test.services, projectId, filter, order, size };
    expect(await pageForward(list)).toEqual(expected);
    expect(await pageBackward(list)).toEqual(expected);
  }
});

async function makeWorld(seed: number): Promise<{ samples: readonly SampleRun[]; projectId: string }> {
  const [samples = []] = fc.sample(anyRuns({ minLength: 25, maxLength: 40 }), { numRuns: 1, seed });
  return { samples, projectId: await insertSamples(test.services, samples, userIds) };
}

interface ListOfRuns {
  readonly services: Services;
  readonly projectId: string;
  readonly filter: RunFilter;
  readonly order: readonly RunOrder[];
  readonly size: number;
}

function expectedIds(samples: readonly SampleRun[], filter: RunFilter, order: readonly RunOrder[]): string[] {
  const views = samples.map(sampleView).filter((view) => matchesFilter(filter, view));
  return views.sort(compareRuns(order)).map((view) => view.id);
}

async function pageForward({ services, projectId, filter, order, size }: ListOfRuns): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await listRuns(services, projectId, { filter, orderBy: order, first: size, after });
    ids.push(...page.runs.map((run) => run.id));
    after = page.cursors.at(-1);
    if (!page.hasNextPage) return ids;
  }
}

async function pageBackward({ services, projectId, filter, order, size }: ListOfRuns): Promise<string[]> {
  const ids: string[] = [];
  for (let before: string | undefined; ; ) {
    const page = await listRuns(services, projectId, { filter, orderBy: order, last: size, before });
    ids.unshift(...page.runs.map((run) => run.id));
    before = page.cursors[0];
    if (!page.hasPreviousPage) return ids;
  }
}
