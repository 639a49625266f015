import SchemaBuilder from '@pothos/core';
import type { RequestContext } from '../access/request-context.ts';

/**
 * What the schema is built with. Fields are non-null unless they say otherwise, inputs are optional unless they say otherwise.
 *
 * Each noun's `<noun>-type.ts` adds its types here, each `<noun>-mutations.ts` its mutations; `schema.ts` puts them together.
 */
export const builder = new SchemaBuilder<{
  Context: RequestContext;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    JSON: { Input: unknown; Output: unknown };
    Double: { Input: number; Output: number };
    Step: { Input: number; Output: number };
    Count: { Input: number; Output: number };
    LogRow: { Input: unknown; Output: never };
    DateTime: { Input: Date; Output: Date };
  };
}>({ defaultFieldNullability: false });

/** The builder's type, for functions that add to any schema built with it. */
export type Builder = typeof builder;

/** The types that the builder knows, for generic functions over its refs. */
export type BuilderTypes = Builder extends PothosSchemaTypes.SchemaBuilder<infer Types> ? Types : never;
