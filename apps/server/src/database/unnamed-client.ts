import pg from 'pg';

/** A connection that keeps no statement prepared, whatever names statements have: a pooler may lend it to others in between. */
export class UnnamedClient extends pg.Client {
  // The overloads of pg are many; each has the statement first.
  override query(statement: never, ...rest: never[]): never {
    return (super.query as (...all: unknown[]) => never).call(this, withoutName(statement), ...rest);
  }
}

/** Statements that pg is to send by itself; one that sends itself, as a COPY does, has no name. */
function withoutName(statement: unknown): unknown {
  if (typeof statement !== 'object' || statement === null || 'submit' in statement) return statement;
  return { ...statement, name: undefined };
}
