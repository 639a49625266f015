import type { Pool } from 'pg';
import { allocateKeys, findKeys, findKeyTexts } from './metric-key-store.ts';

/** Which document a key belongs to: a run's config, or its summary (metrics and explicit values). */
export type KeySection = 'config' | 'summary';

/** Kind of the value that was first seen under a key. */
export type KeyKind = 'number' | 'text' | 'boolean' | 'list' | 'object';

/** The id of `_timestamp`, the column of row times, in every project. */
export const TIME_KEY_ID = 0;
/** The reserved key whose column holds each row's time. */
export const TIME_KEY = '_timestamp';

/** How many key texts one process remembers, over all projects, before it forgets the projects used longest ago. */
const MAX_REMEMBERED_KEYS = 1_000_000;

/** What is remembered of one project's keys. */
class ProjectKeys {
  readonly ids: Record<KeySection, Map<string, number>> = { config: new Map(), summary: new Map() };
  readonly texts = new Map<number, string>();

  add(section: KeySection, id: number, key: string): void {
    this.ids[section].set(key, id);
    this.texts.set(id, key);
  }
}

/**
 * Translates key texts to the small numbers that stand for them in their project, and back.
 *
 * A number, once given, is for ever; so what is remembered here never goes stale, and a miss costs one statement.
 */
export class MetricKeys {
  readonly #pool: Pool;
  readonly #projects = new Map<string, ProjectKeys>();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The id of each key, allocating those that the project has not seen yet. */
  async ids(
    projectId: string,
    section: KeySection,
    keys: Iterable<{ readonly key: string; readonly kind: KeyKind }>,
  ): Promise<ReadonlyMap<string, number>> {
    const known = this.#project(projectId);
    const missing = [...keys].filter((item) => !this.#knows(known, section, item.key));
    if (missing.length > 0) {
      const texts = missing.map((item) => item.key);
      await this.#remember(projectId, section, texts);
      const fresh = missing.filter((item) => !this.#knows(known, section, item.key));
      if (fresh.length > 0) {
        await allocateKeys(this.#pool, projectId, section, fresh);
        await this.#remember(
          projectId,
          section,
          fresh.map((item) => item.key),
        );
      }
    }
    return known.ids[section];
  }

  /** The id of each of these keys that exists; nothing is allocated. */
  async existing(
    projectId: string,
    section: KeySection,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, number>> {
    const known = this.#project(projectId);
    const missing = keys.filter((key) => !this.#knows(known, section, key));
    if (missing.length > 0) await this.#remember(projectId, section, missing);
    return new Map(
      keys.flatMap((key): [string, number][] => {
        const id = section === 'summary' && key === TIME_KEY ? TIME_KEY_ID : known.ids[section].get(key);
        return id === undefined ? [] : [[key, id]];
      }),
    );
  }

  /** The text of each id. */
  async texts(projectId: string, ids: Iterable<number>): Promise<ReadonlyMap<number, string>> {
    const known = this.#project(projectId);
    const missing = [...new Set(ids)].filter((id) => id !== TIME_KEY_ID && !known.texts.has(id));
    if (missing.length > 0) {
      for (const row of await findKeyTexts(this.#pool, projectId, missing)) known.add(row.section, row.id, row.key);
    }
    return known.texts;
  }

  #knows(known: ProjectKeys, section: KeySection, key: string): boolean {
    return known.ids[section].has(key) || (section === 'summary' && key === TIME_KEY);
  }

  async #remember(projectId: string, section: KeySection, keys: readonly string[]): Promise<void> {
    const known = this.#project(projectId);
    for (const row of await findKeys(this.#pool, projectId, section, keys)) known.add(section, row.id, row.key);
    this.#forgetOldest(known);
  }

  /** The project's keys, moved to the end of the line of those that may be forgotten. */
  #project(projectId: string): ProjectKeys {
    const known = this.#projects.get(projectId) ?? new ProjectKeys();
    this.#projects.delete(projectId);
    this.#projects.set(projectId, known);
    return known;
  }

  #forgetOldest(inUse: ProjectKeys): void {
    if (this.#projects.size < 2) return;
    let total = 0;
    for (const keys of this.#projects.values()) total += keys.texts.size;
    for (const [id, keys] of this.#projects) {
      if (total <= MAX_REMEMBERED_KEYS || keys === inUse) return;
      total -= keys.texts.size;
      this.#projects.delete(id);
    }
  }
}
