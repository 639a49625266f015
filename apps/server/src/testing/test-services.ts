import { parseRows } from '@summa/core/history/parse-rows';
import { encodeStates } from '@summa/core/metric/metric-state-codec';
import pino from 'pino';
import { parseConfig } from '../config.ts';
import { createServices, type RunningServices } from '../create-services.ts';
import { openDatabase } from '../database/database.ts';
import type { AppendResult } from '../history/append-group.ts';
import { createRunHistory } from '../history/history-store.ts';
import type { RunRef } from '../services.ts';
import { uuidV7 } from '../uuid-v7.ts';
import { createTestDatabase } from './test-database.ts';

/** One row as a client sends it. */
export interface SentRow {
  readonly step?: number;
  readonly timestamp?: number | string;
  readonly values: object;
}

/** The services over a database of their own, and what a test of them needs again and again. */
export interface TestServices {
  readonly services: RunningServices;
  readonly url: string;
  readonly projectId: string;
  readonly userId: string;
  /** A new run without rows. */
  startRun(): Promise<RunRef>;
  /** Logs rows as a writer that sends nothing twice. */
  log(run: RunRef, rows: readonly SentRow[], writer?: string): Promise<AppendResult>;
  /** Other services on the same database, as after a restart or in a second server. */
  openAnother(): Promise<RunningServices>;
  close(): Promise<void>;
}

/** Opens services on a fresh database with one user, one entity and one project. */
export async function openTestServices(): Promise<TestServices> {
  const test = await createTestDatabase();
  const opened: RunningServices[] = [];
  const open = async () => {
    const log = pino({ level: 'silent' });
    const database = await openDatabase({ url: test.url, log });
    const services = createServices({ config: parseConfig({ DATABASE_URL: test.url }), log, database });
    opened.push(services);
    return services;
  };
  const services = await open();
  const ids = { userId: uuidV7(new Date()), entityId: uuidV7(new Date()), projectId: uuidV7(new Date()) };
  await insertWorld(services, ids);
  const offsets = new Map<string, number>();
  return {
    services,
    url: test.url,
    projectId: ids.projectId,
    userId: ids.userId,
    startRun: () => insertRun(services, ids),
    async log(run, rows, writer = 'w') {
      const name = `${run.runId}/${writer}`;
      const offset = offsets.get(name) ?? 0;
      const result = await services.histories.append(run, { writer, offset, batch: parseRows(rows) });
      offsets.set(name, offset + rows.length);
      return result;
    },
    openAnother: open,
    async close() {
      for (const each of opened) {
        await each.stop();
        await each.database.close();
      }
      await test.drop();
    },
  };
}

interface WorldIds {
  readonly userId: string;
  readonly entityId: string;
  readonly projectId: string;
}

async function insertWorld(
  { database: { prisma } }: RunningServices,
  { userId, entityId, projectId }: WorldIds,
): Promise<void> {
  await prisma.user.create({ data: { id: userId, name: 'ada', displayName: 'Ada' } });
  await prisma.entity.create({ data: { id: entityId, name: 'ada', kind: 'user' } });
  await prisma.membership.create({ data: { entityId, userId, role: 'owner' } });
  await prisma.project.create({ data: { id: projectId, entityId, name: 'vision' } });
}

async function insertRun({ database }: RunningServices, { userId, projectId }: WorldIds): Promise<RunRef> {
  const now = new Date();
  const id = uuidV7(now);
  await database.prisma.run.create({
    data: { projectId, id, name: id, displayName: id, state: 'running', userId, createdAt: now, startedAt: now },
  });
  const run = { projectId, runId: id };
  await createRunHistory(database.pool, run, { emptyState: encodeStates(new Map()), at: now });
  return run;
}
