import { expect, it } from 'vitest';
import { undatedDeprecations } from './deprecations.ts';
import { printedSchema } from './print-schema.ts';

it('finds none in the schema', () => {
  expect(undatedDeprecations(printedSchema())).toEqual([]);
});

it('names what is deprecated without a replacement or the release in which it goes', () => {
  const text = `
    type Query {
      fine(old: Int @deprecated(reason: "Use new instead. Goes in 2.0."), new: Int, older: Int @deprecated): Colour
      late: Int @deprecated(reason: "Use fine instead.")
    }
    input Filter { lost: Int @deprecated(reason: "Gone soon.") kept: Int }
    enum Colour { RED GREY @deprecated(reason: "Use RED instead. Goes in 2.0.") GRAY @deprecated(reason: "Goes in 2.0.") }`;
  expect(undatedDeprecations(text)).toEqual(['Query.fine.older', 'Query.late', 'Filter.lost', 'Colour.GRAY']);
});
