import { getIntrospectionQuery, getOperationAST, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../limits.ts';
import { measureQuery } from './query-cost.ts';
import { schema } from './schema.ts';

function cost(source: string, variables: Record<string, unknown> = {}) {
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('the test holds one operation');
  return measureQuery({ schema, document, operation, variables });
}

const projects = (args: string) =>
  `query ${args.includes('$') ? '($n: Int = 30)' : ''} { entity(name: "e") { projects(${args}) { nodes { name path } } } }`;

describe('what an operation costs', () => {
  it('is one for each field, and how deep they stand', () => {
    expect(cost('{ viewer { name entity { name } } }')).toEqual({ depth: 3, aliases: 0, complexity: 4 });
  });

  it('counts what is selected of a page once for each of its items', () => {
    // entity 1, projects 100, and for each item: nodes 1, name 1, path 1.
    expect(cost(projects('first: 20')).complexity).toBe(1 + 100 + 20 * 3);
    expect(cost(projects('last: 7')).complexity).toBe(1 + 100 + 7 * 3);
    expect(cost(projects('after: "x"')).complexity).toBe(1 + 100 + LIMITS.defaultPage * 3);
  });

  it('takes the size of a page from a variable, or from what it is when left out', () => {
    expect(cost(projects('first: $n'), { n: 5 }).complexity).toBe(1 + 100 + 5 * 3);
    expect(cost(projects('first: $n')).complexity).toBe(1 + 100 + 30 * 3);
    expect(cost(projects('first: $n'), { n: 'many' }).complexity).toBe(1 + 100 + LIMITS.defaultPage * 3);
  });

  it('counts a fragment wherever it is spread, however often it spreads others', () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `fragment F${i} on User { a${i}: entity { id } ...F${i + 1} b${i}: entity { id } ...F${i + 1} }`,
    );
    // It would not end if each spread were walked anew: there are 2^12 of the last.
    const { complexity, aliases, depth } = cost(
      `{ viewer { ...F0 } } ${levels.join(' ')} fragment F12 on User { name }`,
    );
    expect(complexity).toBe(1 + Array.from({ length: 12 }, (_, i) => 4 * 2 ** i).reduce((a, b) => a + b) + 2 ** 12);
    expect(aliases).toBe(Array.from({ length: 12 }, (_, i) => 2 * 2 ** i).reduce((a, b) => a + b));
    expect(depth).toBe(3);
  });

  it('lets the questions of every tool about the schema through', () => {
    const { depth, aliases, complexity } = cost(
      getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true, schemaDescription: true }),
    );
    expect(depth).toBeLessThanOrEqual(LIMITS.depth);
    expect(aliases).toBe(0);
    expect(complexity).toBeLessThanOrEqual(LIMITS.complexity);
  });

  it('of a full page of a wide runs table is allowed', () => {
    const metrics = Array.from({ length: 8 }, (_, i) => `m${i}: metric(key: "k${i}") { last min max best }`).join(' ');
    const table = `{ project(entity: "e", name: "p") { runs(first: 1000) { totalCount edges { cursor node { id name displayName state tags createdAt user { name } config summary { ${metrics} } } } } } }`;
    expect(cost(table).complexity).toBeLessThanOrEqual(LIMITS.complexity);
  });
});
