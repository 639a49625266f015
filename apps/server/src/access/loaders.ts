import type { JsonObject } from '@summa/core/json/json-value';
import {
  createFileByHashLoader,
  createFileCountLoader,
  createFileLoader,
  createFilePageLoader,
} from '../file/file-loaders.ts';
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

/** Of one operation of one caller. */
interface Scene {
  readonly services: Services;
  readonly caller: Caller;
}

const NO_DOCUMENT: JsonObject = {};
const nameOfId = (id: string): string => id;

/** How each loader of an operation is made. */
const MAKERS = {
  users: ({ services }: Scene): BatchLoader<string, UserRecord | null> =>
    batchLoaderById((ids) => findUsers(services.database.pool, ids)),

  entities: ({ services }: Scene): BatchLoader<string, EntityRecord | null> =>
    batchLoaderById((ids) => findEntities(services.database.pool, ids)),

  entitiesByName: ({ services }: Scene): BatchLoader<string, EntityRecord | null> =>
    batchLoader({
      nameOf: nameOfId,
      loadAll: async (names) =>
        new Map((await findEntitiesByName(services.database.pool, names)).map((entity) => [entity.name, entity])),
      otherwise: null,
    }),

  /** The caller's role in an entity, or null when he has none. */
  roles: ({ services, caller }: Scene): BatchLoader<string, Role | null> =>
    batchLoader({
      nameOf: nameOfId,
      loadAll: (ids) => findRoles(services.database.pool, caller.userId, ids),
      otherwise: null,
    }),

  members: ({ services }: Scene): BatchLoader<string, readonly MembershipRecord[]> =>
    batchLoader({
      nameOf: nameOfId,
      loadAll: async (ids) => groupBy(await findMembers(services.database.pool, ids), (member) => member.entityId),
      otherwise: [],
    }),

  /** Whether an entity has a project that everybody may see. */
  hasPublicProject: ({ services }: Scene): BatchLoader<string, boolean> =>
    batchLoader({
      nameOf: nameOfId,
      loadAll: async (ids) =>
        new Map((await findEntitiesWithPublicProject(services.database.pool, ids)).map((id) => [id, true])),
      otherwise: false,
    }),

  projects: ({ services }: Scene): BatchLoader<string, ProjectRecord | null> =>
    batchLoaderById((ids) => findProjects(services.database.pool, ids)),

  lastActivity: ({ services }: Scene): BatchLoader<string, Date | null> =>
    batchLoader({
      nameOf: nameOfId,
      loadAll: (ids) => findLastActivity(services.database.pool, ids),
      otherwise: null,
    }),

  keyUses: ({ services }: Scene): BatchLoader<KeyRef, KeyUse> =>
    batchLoader({
      nameOf: nameOfKey,
      loadAll: (keys: readonly KeyRef[]) => findKeyUses(services.database.pool, keys),
      otherwise: NO_USE,
    }),

  runs: ({ services }: Scene): BatchLoader<RunRef, RunRecord | null> =>
    batchLoader({
      nameOf: nameOfRun,
      loadAll: async (refs) =>
        new Map((await findRuns(services.database.pool, refs)).map((run) => [`${run.projectId}/${run.id}`, run])),
      otherwise: null,
    }),

  configs: ({ services }: Scene): BatchLoader<RunRef, JsonObject> =>
    batchLoader({
      nameOf: (ref: RunRef) => ref.runId,
      loadAll: (refs) => loadRunDocuments(services, 'config', refs),
      otherwise: NO_DOCUMENT,
    }),

  metadata: ({ services }: Scene): BatchLoader<RunRef, JsonObject> =>
    batchLoader({
      nameOf: (ref: RunRef) => ref.runId,
      loadAll: (refs) => loadRunDocuments(services, 'metadata', refs),
      otherwise: NO_DOCUMENT,
    }),

  summaries: ({ services }: Scene): BatchLoader<RunRef, RunSummaryData | null> =>
    batchLoader({
      nameOf: (ref: RunRef) => ref.runId,
      loadAll: (refs) => loadBoundedSummaries(services, refs),
      otherwise: null,
    }),

  quantiles: ({ services }: Scene) => createQuantileLoader(services),
  series: ({ services }: Scene) => createSeriesLoader(services),
  files: ({ services }: Scene) => createFileLoader(services.database.pool),
  filesByHash: ({ services }: Scene) => createFileByHashLoader(services.database.pool),
  filePages: ({ services }: Scene) => createFilePageLoader(services.database.pool),
  fileCounts: ({ services }: Scene) => createFileCountLoader(services.database.pool),
};

type Makers = typeof MAKERS;

/** One batched statement for each kind of thing, however many of it one operation shows. */
export type Loaders = { readonly [Name in keyof Makers]: ReturnType<Makers[Name]> } & {
  /** Forgets everything: after a mutation changed something, and before the next one of the same operation. */
  clear(): void;
};

/** Makes each loader when it is asked for first: an operation needs two or three of them. */
class LoadersOnDemand {
  readonly #scene: Scene;
  readonly #made = new Map<keyof Makers, { clearAll(): unknown }>();

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  static {
    for (const name of Object.keys(MAKERS) as (keyof Makers)[]) {
      Object.defineProperty(LoadersOnDemand.prototype, name, {
        get(this: LoadersOnDemand) {
          return this.#loader(name);
        },
      });
    }
  }

  clear(): void {
    for (const loader of this.#made.values()) loader.clearAll();
  }

  #loader(name: keyof Makers): object {
    const known = this.#made.get(name);
    if (known) return known;
    const made = MAKERS[name](this.#scene);
    this.#made.set(name, made);
    return made;
  }
}

/** The loaders of one operation. */
export function createLoaders(services: Services, caller: Caller): Loaders {
  // It has a getter for each maker, which the compiler cannot see.
  return new LoadersOnDemand({ services, caller }) as object as Loaders;
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
