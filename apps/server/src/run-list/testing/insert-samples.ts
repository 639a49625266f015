import { formatJson } from '@summa/core/json/format-json';
import { encodeStates } from '@summa/core/metric/metric-state-codec';
import type { ExplicitEntry } from '@summa/core/summary/explicit-entry';
import { explicitToJson } from '@summa/core/summary/explicit-json';
import type { Services } from '../../services.ts';
import { uuidV7 } from '../../uuid-v7.ts';
import { prepareConfigFields } from '../config-fields.ts';
import { kindOf } from '../field-row.ts';
import { type SampleRun, sampleConfig, sampleDefinitions, sampleStates } from './sample-run.ts';

/** Makes a project that holds exactly these runs, written but not yet in `run_field`, and returns its id. */
export async function insertSamples(
  services: Services,
  samples: readonly SampleRun[],
  userIds: ReadonlyMap<string, string>,
): Promise<string> {
  const projectId = uuidV7(new Date());
  const { prisma } = services.database;
  await prisma.project.create({ data: { id: projectId, entityId: uuidV7(new Date()), name: projectId } });
  await prisma.run.createMany({ data: samples.map((run) => runRow(run, { projectId, userIds })) });
  const rows = await Promise.all(samples.map((run) => summaryRow(services, run, projectId)));
  await prisma.runSummary.createMany({ data: rows });
  await prisma.metricDefinition.createMany({
    data: samples.flatMap((run) =>
      sampleDefinitions(run).map((definition, position) => ({
        ...definition,
        summary: [...definition.summary],
        projectId,
        runId: run.id,
        position,
      })),
    ),
  });
  for (const run of samples) {
    const write = await prepareConfigFields(services, { projectId, runId: run.id }, sampleConfig(run));
    await write(services.database.pool);
  }
  return projectId;
}

function runRow(run: SampleRun, { projectId, userIds }: { projectId: string; userIds: ReadonlyMap<string, string> }) {
  const { userName, createdAt, startedAt, finishedAt, heartbeatAt, lastStep, tags, ...fields } = run.fields;
  const userId = userIds.get(userName);
  if (userId === undefined) throw new Error(`no user ${userName}`);
  const times = {
    createdAt: new Date(createdAt),
    startedAt: new Date(startedAt),
    finishedAt: finishedAt === null ? null : new Date(finishedAt),
  };
  return { projectId, id: run.id, name: run.id, userId, ...fields, tags: [...tags], ...times };
}

async function summaryRow(services: Services, run: SampleRun, projectId: string) {
  const states = sampleStates(run);
  const keys = [...states].map(([key, state]) => ({ key, kind: kindOf(state.last?.value ?? 0) }));
  const ids = await services.keys.ids(projectId, 'summary', keys);
  const byId = new Map([...states].map(([key, state]) => [ids.get(key) ?? -1, state]));
  const explicit = Object.entries(run.explicit).map(([key, value]): [string, ExplicitEntry] => {
    const shared = { key, revision: 1, by: null, at: 0 };
    return [key, value === undefined ? { ...shared, deleted: true } : { ...shared, deleted: false, value }];
  });
  const { heartbeatAt, lastStep } = run.fields;
  return {
    projectId,
    runId: run.id,
    revision: 1n,
    heartbeatAt: new Date(heartbeatAt),
    lastStep: lastStep === null ? null : BigInt(lastStep),
    state: new Uint8Array(encodeStates(byId)),
    explicit: formatJson(explicitToJson(new Map(explicit))),
    fieldsStale: true,
  };
}
