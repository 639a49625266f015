import type { JsonObject } from '@summa/core/json/json-value';
import {
  createFileByHashLoader,
  createFileCountLoader,
  createFileLoader,
  createFilePageLoader,
} from '../file/file-loaders.ts';
import type { FileHash, FilePage, FileRecord, FileRef, FileSelection } from '../file/file-store.ts';
import type { QuantileWish } from '../history/read-quantiles.ts';
import type { KeySeries, RunSeriesAsk } from '../history/read-series.ts';
import { createSeriesLoader } from '../history/series-loader.ts';
import { findKeyUses, type KeyRef, type KeyUse, NO_USE, nameOfKey } from '../metric/key-use-store.ts';
import { createQuantileLoader } from '../metric/quantile-loader.ts';
import {
  findEntitiesWithPublicProject,
  findLastActivity,
  findProjects,
  type ProjectRecord,
} from '../project/project-store.ts';
import { loadRunDocuments } from '../run/load-run-documents.ts';
import type { RunRecord } from '../run/run-record.ts';
import { findRuns } from '../run/run-store.ts';
import type { RunRef, Services } from '../services.ts';
import { loadBoundedSummaries } from '../summary/load-bounded-summaries.ts';
import type { RunSummaryData } from '../summary/load-summaries.ts';
import { type BatchLoader, batchLoader, batchLoaderById } from './batch-loader.ts';
import type { Caller } from './caller.ts';
import { type EntityRecord, findEntities, findEntitiesByName } from './entity-store.ts';
import { findMembers, findRoles, type MembershipRecord } from './membership-store.ts';
import type { Role } from './role.ts';
import { findUsers, type UserRecord } from './user-store.ts';

/** One batched statement for each kind of thing, however many of it one operation shows. */
export interface Loaders {
  readonly users: BatchLoader<string, UserRecord | null>;
  readonly entities: BatchLoader<string, EntityRecord | null>;
  readonly entitiesByName: BatchLoader<string, EntityRecord | null>;
  /** The caller's role in an entity, or null when he has none. */
  readonly roles: BatchLoader<string, Role | null>;
  readonly members: BatchLoader<string, readonly MembershipRecord[]>;
  /** Whether an entity has a project that everybody may see. */
  readonly hasPublicProject: BatchLoader<string, boolean>;
  readonly projects: BatchLoader<string, ProjectRecord | null>;
  readonly lastActivity: BatchLoader<string, Date | null>;
  readonly keyUses: BatchLoader<KeyRef, KeyUse>;
  readonly runs: BatchLoader<RunRef, RunRecord | null>;
  readonly configs: BatchLoader<RunRef, JsonObject>;
  readonly metadata: BatchLoader<RunRef, JsonObject>;
  readonly summaries: BatchLoader<RunRef, RunSummaryData | null>;
  readonly quantiles: BatchLoader<QuantileWish, number | null>;
  readonly series: BatchLoader<RunSeriesAsk, readonly KeySeries[]>;
  readonly files: BatchLoader<FileRef, FileRecord | null>;
  /** The first file of a run with these bytes. */
  readonly filesByHash: BatchLoader<FileHash, FileRecord | null>;
  readonly filePages: BatchLoader<FilePage, readonly FileRecord[]>;
  readonly fileCounts: BatchLoader<FileSelection, number>;
}

const NO_DOCUMENT: JsonObject = {};
const nameOfId = (id: string): string => id;

/** The loaders of one operation. */
export function createLoaders(services: Services, caller: Caller): Loaders {
  const { pool } = services.database;
  return {
    users: batchLoaderById((ids) => findUsers(pool, ids)),
    entities: batchLoaderById((ids) => findEntities(pool, ids)),
    entitiesByName: batchLoader({
      nameOf: nameOfId,
      loadAll: async (names) => new Map((await findEntitiesByName(pool, names)).map((entity) => [entity.name, entity])),
      otherwise: null,
    }),
    roles: batchLoader({
      nameOf: nameOfId,
      loadAll: (ids) => findRoles(pool, caller.userId, ids),
      otherwise: null,
    }),
    members: batchLoader({
      nameOf: nameOfId,
      loadAll: async (ids) => groupBy(await findMembers(pool, ids), (member) => member.entityId),
      otherwise: [],
    }),
    hasPublicProject: batchLoader({
      nameOf: nameOfId,
      loadAll: async (ids) => new Map((await findEntitiesWithPublicProject(pool, ids)).map((id) => [id, true])),
      otherwise: false,
    }),
    projects: batchLoaderById((ids) => findProjects(pool, ids)),
    lastActivity: batchLoader({
      nameOf: nameOfId,
      loadAll: (ids) => findLastActivity(pool, ids),
      otherwise: null,
    }),
    keyUses: batchLoader({
      nameOf: nameOfKey,
      loadAll: (keys: readonly KeyRef[]) => findKeyUses(pool, keys),
      otherwise: NO_USE,
    }),
    runs: batchLoader({
      nameOf: nameOfRun,
      loadAll: async (refs) => new Map((await findRuns(pool, refs)).map((run) => [`${run.projectId}/${run.id}`, run])),
      otherwise: null,
    }),
    configs: batchLoader({
      nameOf: (ref: RunRef) => ref.runId,
      loadAll: (refs) => loadRunDocuments(services, 'config', refs),
      otherwise: NO_DOCUMENT,
    }),
    metadata: batchLoader({
      nameOf: (ref: RunRef) => ref.runId,
      loadAll: (refs) => loadRunDocuments(services, 'metadata', refs),
      otherwise: NO_DOCUMENT,
    }),
    summaries: batchLoader({
      nameOf: (ref: RunRef) => ref.runId,
      loadAll: (refs) => loadBoundedSummaries(services, refs),
      otherwise: null,
    }),
    quantiles: createQuantileLoader(services),
    series: createSeriesLoader(services),
    files: createFileLoader(pool),
    filesByHash: createFileByHashLoader(pool),
    filePages: createFilePageLoader(pool),
    fileCounts: createFileCountLoader(pool),
  };
}

/** Forgets everything: after a mutation changed something, and before the next one of the same operation. */
export function clearLoaders(loaders: Loaders): void {
  for (const loader of Object.values(loaders)) loader.clearAll();
}

function nameOfRun(ref: RunRef): string {
  return `${ref.projectId}/${ref.runId}`;
}

function groupBy<Item>(items: readonly Item[], nameOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(nameOf(item)) ?? [];
    group.push(item);
    groups.set(nameOf(item), group);
  }
  return groups;
}
