import SchemaBuilder from '@pothos/core';
import type { RequestContext } from '../../access/request-context.ts';

/**
 * What the schema of this door is built with: its words are those of the W&B client. Fields are nullable unless they say
 * otherwise, because that is what the client's documents expect; inputs are optional unless they say otherwise.
 */
export const builder = new SchemaBuilder<{
  Context: RequestContext;
  Scalars: {
    ID: { Input: string; Output: string };
    JSONString: { Input: string; Output: string };
    JSON: { Input: unknown; Output: unknown };
    DateTime: { Input: string; Output: Date };
    Duration: { Input: number; Output: number };
    Int64: { Input: number; Output: number | bigint | string };
  };
}>({});

builder.queryType({});
builder.mutationType({});
