import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

// Node has it; the types of Node 20 do not name it.
declare const WebAssembly: {
  instantiate(code: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

/** Prisma's migration engine, working through one connection of ours. */
export type SchemaEngine = engineModule.SchemaEngine;

/**
 * Runs `use` with Prisma's schema engine (the WebAssembly build: nothing is downloaded) on the connection of
 * `EnginePool`. The first SQL error of a script is thrown as it is, not as the engine retells it.
 */
export async function withSchemaEngine<T>(pool: EnginePool, use: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  await loadEngine();
  const factory = new ScriptAdapterFactory(pool);
  const engine = await engineModule.SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    return await use(engine);
  } catch (error) {
    throw factory.scriptError ?? error;
  } finally {
    engine.free();
  }
}

// The catalog's type "char": the adapter knows only arrays of it, so it is read as text and marked as a character after.
const CHAR = 18;
const TEXT = 25;

/** One connection, kept for as long as the pool lives, so that a transaction opened on it holds all the engine does. */
export class EnginePool extends pg.Pool {
  /** Which columns of a result, known by its array of rows, are of the type "char". */
  readonly charColumns = new WeakMap<object, number[]>();

  constructor(url: string) {
    super({
      connectionString: url,
      max: 1,
      idleTimeoutMillis: 0,
      connectionTimeoutMillis: 10_000,
      application_name: 'summa-migrate',
    });
    this.on('error', () => undefined);
  }

  // The engine's adapter calls only the form that returns a promise.
  override query = (async (query: string | pg.QueryConfig) => {
    const result: pg.QueryResult | pg.QueryResult[] = await super.query(query);
    for (const { fields, rows } of Array.isArray(result) ? result : [result]) {
      const columns = fields.flatMap((field: pg.FieldDef, index: number) => (field.dataTypeID === CHAR ? [index] : []));
      this.charColumns.set(rows, columns);
      for (const field of fields) if (field.dataTypeID === CHAR) field.dataTypeID = TEXT;
    }
    return result;
  }) as pg.Pool['query'];
}

/**
 * The pg adapter, with two repairs: a script goes to Postgres whole (the original cuts it at every semicolon, also in a
 * string), and "char" columns are characters.
 */
class ScriptAdapterFactory implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = 'postgres';
  readonly adapterName: string;
  scriptError: unknown;
  readonly #inner: PrismaPg;
  readonly #pool: EnginePool;

  constructor(pool: EnginePool) {
    this.#pool = pool;
    this.#inner = new PrismaPg(pool);
    this.adapterName = this.#inner.adapterName;
  }

  async connect(): Promise<SqlDriverAdapter> {
    const adapter = await this.#inner.connect();
    adapter.executeScript = async (script) => {
      await this.#pool.query(script).catch((error: unknown) => {
        this.scriptError ??= error;
        throw error;
      });
    };
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      for (const index of this.#pool.charColumns.get(result.rows) ?? []) {
        result.columnTypes[index] = ColumnTypeEnum.Character;
      }
      return result;
    };
    return adapter;
  }

  connectToShadowDb(): Promise<SqlDriverAdapter> {
    return this.#inner.connectToShadowDb();
  }
}

let loaded: Promise<void> | undefined;

function loadEngine(): Promise<void> {
  loaded ??= instantiateEngine();
  return loaded;
}

async function instantiateEngine(): Promise<void> {
  // Where the engine leaves the message of a panic; without it, it fails for want of it and hides the cause.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: reportPanic } });
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const code = await readFile(join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(code, { './schema_engine_bg.js': engineModule });
  engineModule.__wbg_set_wasm(instance.exports);
  // The start function of wasm-bindgen: takes nothing, returns nothing.
  (instance.exports.__wbindgen_start as () => void)();
}

function reportPanic(message: string): never {
  throw new Error(`the schema engine failed: ${message}`);
}
