/** The Postgres types that parameters of a runs list have. */
type ParameterType = 'uuid' | 'int' | 'float8' | 'text' | 'boolean' | 'timestamptz';

/** A field that is joined to the runs, if a run has one that fulfils the condition. */
export interface FieldJoin {
  readonly section: 'config' | 'summary';
  readonly keyId: number;
  /** What the field must fulfil, given its alias; every field will do when left out. */
  readonly condition?: ((alias: string) => string) | undefined;
  /** Whether the whole statement holds only for runs that have the field. */
  readonly isRequired: boolean;
}

interface JoinedField {
  readonly alias: string;
  readonly section: FieldJoin['section'];
  readonly keyId: number;
  readonly isRequired: boolean;
  readonly conditions: string[];
}

/**
 * A statement over the runs of one project while it is put together: its parameters, and the tables that give its columns.
 *
 * Every value becomes a parameter; only column names and SQL words of ours stand in the text. The first field that is required
 * leads in place of `run`, which is then read only for columns of its own.
 */
export class RunStatement {
  /** The parameters so far; `$1` is the project. */
  readonly values: unknown[];
  /** The rows that take the place of all runs, when there are any: their `id` is a run's. */
  readonly #within: string | null;
  readonly #fields: JoinedField[] = [];
  #readsRun = false;
  #readsSummary = false;
  #readsUser = false;

  private constructor(values: unknown[], within: string | null) {
    this.values = values;
    this.#within = within;
  }

  /** A statement over all runs of a project. */
  static ofProject(projectId: string): RunStatement {
    return new RunStatement([projectId], null);
  }

  /** A statement over few rows, `name`, which another statement gives; both have the same parameters. */
  static within({ values }: RunStatement, name: string): RunStatement {
    return new RunStatement(values, name);
  }

  /** Adds a parameter and gives the SQL that stands for it. */
  parameter(value: unknown, type: ParameterType | `${ParameterType}[]`): string {
    return `$${this.values.push(value)}::${type}`;
  }

  /** The alias of the run's own row. */
  run(): string {
    this.#readsRun = true;
    return 'r';
  }

  /** The alias of the run's summary row. */
  summary(): string {
    this.#readsSummary = true;
    return 's';
  }

  /** The alias of the run's user. */
  user(): string {
    this.#readsRun = true;
    this.#readsUser = true;
    return 'u';
  }

  /**
   * Joins the run's field under a key, and gives its alias: its `run_id` is null where there is no such field. A run has at
   * most one, so a join never multiplies runs, and two requirements of one key are requirements of one field.
   */
  field({ section, keyId, condition, isRequired }: FieldJoin): string {
    const same = this.#fields.find((field) => field.section === section && field.keyId === keyId && field.isRequired);
    const joined = isRequired && same ? same : this.#joinField(section, keyId, isRequired);
    if (condition !== undefined) joined.conditions.push(condition(joined.alias));
    return joined.alias;
  }

  #joinField(section: FieldJoin['section'], keyId: number, isRequired: boolean): JoinedField {
    const alias = `f${this.#fields.length}`;
    const conditions = [`${alias}.section = '${section}'`, `${alias}.key_id = ${this.parameter(keyId, 'int')}`];
    const joined = { alias, section, keyId, isRequired, conditions };
    this.#fields.push(joined);
    return joined;
  }

  /** The column that is the run's id. Stands only once everything has been joined. */
  runId(): string {
    if (this.#within !== null) return `${this.#within}.id`;
    const lead = this.#lead();
    return lead === undefined ? 'r.id' : `${lead.alias}.run_id`;
  }

  /** `FROM` and `WHERE` over everything that was joined, for the runs that fulfil all of `conditions`. */
  body(conditions: readonly string[]): string {
    const lead = this.#lead();
    const runId = this.runId();
    const base = this.#base();
    const tables = [
      base.table,
      base.table !== 'run r' && this.#readsRun ? `JOIN run r ON r.project_id = $1 AND r.id = ${runId}` : [],
      this.#readsSummary ? `JOIN run_summary s ON s.project_id = $1 AND s.run_id = ${runId}` : [],
      this.#readsUser ? 'LEFT JOIN "user" u ON u.id = r.user_id' : [],
      ...this.#fields.filter((field) => field !== lead).map((field) => joinSql(field, runId, this.#within !== null)),
    ];
    return `FROM ${tables.flat().join('\n  ')}\nWHERE ${[...base.conditions, ...conditions].join('\n  AND ')}`;
  }

  /** Where the runs come from. */
  #base(): { readonly table: string; readonly conditions: readonly string[] } {
    if (this.#within !== null) return { table: this.#within, conditions: [] };
    const lead = this.#lead();
    if (lead === undefined) return { table: 'run r', conditions: ['r.project_id = $1'] };
    return { table: `run_field ${lead.alias}`, conditions: [`${lead.alias}.project_id = $1`, ...lead.conditions] };
  }

  #lead() {
    return this.#within === null ? this.#fields.find((field) => field.isRequired) : undefined;
  }
}

/** `isOneByOne`: the field is looked up for each run; else the planner decides. */
function joinSql(field: JoinedField, runId: string, isOneByOne: boolean): string {
  const { alias } = field;
  const conditions = [`${alias}.project_id = $1`, `${alias}.run_id = ${runId}`, ...field.conditions].join(' AND ');
  const join = field.isRequired ? 'JOIN' : 'LEFT JOIN';
  if (!isOneByOne) return `${join} run_field ${alias} ON ${conditions}`;
  // What has an OFFSET is planned by itself: nothing but a look at an index for each run is left to it.
  return `${join} LATERAL (SELECT ${alias}.* FROM run_field ${alias} WHERE ${conditions} OFFSET 0) ${alias} ON TRUE`;
}
