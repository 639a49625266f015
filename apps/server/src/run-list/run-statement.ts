/** The Postgres types that parameters of a runs list have. */
type ParameterType = 'uuid' | 'int' | 'float8' | 'text' | 'boolean' | 'timestamptz';

/**
 * A statement over the runs of one project while it is put together: its parameters and the tables joined to `run r`.
 *
 * Every value becomes a parameter; only column names and SQL words of ours stand in the text.
 */
export class RunStatement {
  /** The parameters so far; `$1` is the project. */
  readonly values: unknown[];
  readonly #fieldJoins: string[] = [];
  #joinsSummary = false;
  #joinsUser = false;

  constructor(projectId: string) {
    this.values = [projectId];
  }

  /** Adds a parameter and gives the SQL that stands for it. */
  parameter(value: unknown, type: ParameterType | `${ParameterType}[]`): string {
    return `$${this.values.push(value)}::${type}`;
  }

  /** The alias of the run's summary row. */
  summary(): string {
    this.#joinsSummary = true;
    return 's';
  }

  /** The alias of the run's user. */
  user(): string {
    this.#joinsUser = true;
    return 'u';
  }

  /**
   * Joins the run's field under a key if it fulfils `condition`, and gives its alias: its `run_id` is null where there is
   * no such field. A run has at most one, so a join never multiplies runs.
   *
   * Postgres makes of `run_id IS NOT NULL` an inner join and of its negation an anti join, so that an index can lead.
   */
  field(section: 'config' | 'summary', keyId: number, condition: (alias: string) => string | null): string {
    const alias = `f${this.#fieldJoins.length}`;
    const join = [
      `${alias}.project_id = $1`,
      `${alias}.section = '${section}'`,
      `${alias}.key_id = ${this.parameter(keyId, 'int')}`,
      `${alias}.run_id = r.id`,
      condition(alias) ?? [],
    ];
    this.#fieldJoins.push(`LEFT JOIN run_field ${alias} ON ${join.flat().join(' AND ')}`);
    return alias;
  }

  /** `run r` and everything that was joined to it so far. */
  from(): string {
    return [
      'run r',
      this.#joinsSummary ? 'JOIN run_summary s ON s.project_id = r.project_id AND s.run_id = r.id' : [],
      this.#joinsUser ? 'LEFT JOIN "user" u ON u.id = r.user_id' : [],
      ...this.#fieldJoins,
    ]
      .flat()
      .join('\n  ');
  }
}
