import { randomBytes } from 'node:crypto';
import type { Config } from '../config.ts';
import type { Queryable } from '../history/history-store.ts';
import { keepSecret } from './server-secret-store.ts';

/** Where a secret is found: in the settings, else in the database. */
export interface SecretPlace {
  readonly pool: Queryable;
  readonly config: Pick<Config, 'secret'>;
}

/** A secret that all servers of one database have in common; read when it is first needed, and made when there is none. */
export class ServerSecret {
  readonly #place: SecretPlace;
  readonly #name: string;
  #secret: Promise<Buffer> | undefined;

  constructor(place: SecretPlace, name: string) {
    this.#place = place;
    this.#name = name;
  }

  /** The secret: what `SUMMA_SECRET` says, else the one that the database keeps under this name. */
  get(): Promise<Buffer> {
    this.#secret ??= this.#load();
    return this.#secret;
  }

  async #load(): Promise<Buffer> {
    const { config, pool } = this.#place;
    if (config.secret !== undefined) return Buffer.from(config.secret);
    try {
      return await keepSecret(pool, this.#name, randomBytes(32));
    } catch (error) {
      this.#secret = undefined;
      throw error;
    }
  }
}
