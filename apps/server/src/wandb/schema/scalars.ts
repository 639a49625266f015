import type { JsonValue } from '@summa/core/json/json-value';
import { toWire } from '@summa/core/json/wire-json';
import { GraphQLError } from 'graphql';
import { builder } from './builder.ts';

builder.scalarType('JSONString', {
  description: 'JSON as text. It may hold NaN, Infinity, -Infinity and whole numbers beyond 2^53.',
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value === 'string') return value;
    throw new GraphQLError('expected JSON as a text');
  },
});

builder.scalarType('JSON', {
  description: 'Any JSON value; the numbers that JSON lacks are the strings "NaN", "Infinity" and "-Infinity".',
  // Every resolver gives a value read from stored JSON, or made of its parts.
  serialize: (value) => toWire(value as JsonValue),
  parseValue: (value) => value,
});

builder.scalarType('DateTime', {
  description: 'A moment in ISO 8601, in UTC.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => String(value),
});

builder.scalarType('Duration', {
  description: 'A whole number; the client sends nanoseconds.',
  serialize: (value) => value,
  parseValue: readWhole,
});

builder.scalarType('Int64', {
  description: 'A whole number, also as its digits.',
  serialize: (value) => (typeof value === 'bigint' ? String(value) : value),
  parseValue: readWhole,
});

function readWhole(value: unknown): number {
  const number = Number(value);
  if (Number.isInteger(number)) return number;
  throw new GraphQLError('expected a whole number');
}
