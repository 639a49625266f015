import type { JsonValue } from '@summa/core/json/json-value';
import { numberFromWire } from '@summa/core/json/wire-json';
import { GraphQLError, Kind, type ValueNode } from 'graphql';
import { builder } from './builder.ts';
import { jsonOfLiteral } from './json-literal.ts';
import { ReadyList } from './ready-lists.ts';
import { wireFormOf } from './wire-form.ts';

const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

builder.scalarType('JSON', {
  description:
    'Any JSON value: text, a number, a boolean, null, a list or an object. The numbers that JSON lacks are the strings "NaN", "Infinity" and ' +
    '"-Infinity", in both directions. Whole numbers beyond 2^53 are written as their digits and kept exactly.',
  // Every resolver gives a value read from stored JSON, or made of its parts.
  serialize: (value) => (value instanceof ReadyList ? value : wireFormOf(value as JsonValue)),
  parseValue: (value) => value,
  parseLiteral: (node, variables) => jsonOfLiteral(node, variables),
});

builder.scalarType('LogRow', {
  description:
    'One row to log: { "step": 7, "timestamp": 1700000000.5, "values": { "loss": 0.5 } }. `step` is a whole number and is, when left out, the one ' +
    'after the last step of the run; `timestamp` is in seconds since 1970, or ISO 8601 text, and is the time of arrival when left out. Objects ' +
    'within `values` are taken apart into keys joined by "."; "NaN", "Infinity" and "-Infinity" are numbers.',
  serialize: () => {
    throw new GraphQLError('LogRow is only an input');
  },
  parseValue: (value) => value,
  parseLiteral: (node, variables) => jsonOfLiteral(node, variables),
});

builder.scalarType('Double', {
  description: 'A float64: a JSON number, or one of the strings "NaN", "Infinity" and "-Infinity".',
  serialize: (value: unknown) => (Number.isFinite(value) || value instanceof ReadyList ? value : String(value)),
  parseValue: readDouble,
  parseLiteral: (node) => readDouble(jsonOfLiteral(node)),
});

builder.scalarType('Step', {
  description: 'A step of a run: a whole number from 0 to 2^53-1.',
  serialize: (value) => value,
  parseValue: readWhole,
  parseLiteral: (node) => readWholeLiteral(node),
});

builder.scalarType('Count', {
  description: 'A number of things, or a revision: a whole number from 0 to 2^53-1.',
  serialize: (value) => value,
  parseValue: readWhole,
  parseLiteral: (node) => readWholeLiteral(node),
});

builder.scalarType('DateTime', {
  description:
    'A moment in ISO 8601, in UTC and with milliseconds: "2026-11-23T20:10:00.000Z". Another offset is accepted as input.',
  serialize: (value) => value.toISOString(),
  parseValue: readMoment,
  parseLiteral: (node) => readMoment(node.kind === Kind.STRING ? node.value : undefined),
});

function readDouble(value: unknown): number {
  const number = typeof value === 'string' ? numberFromWire(value) : value;
  if (typeof number === 'bigint') return Number(number);
  if (typeof number === 'number') return number;
  throw new GraphQLError('a Double is a number, or one of "NaN", "Infinity" and "-Infinity"');
}

function readWholeLiteral(node: ValueNode): number {
  return readWhole(node.kind === Kind.INT ? jsonOfLiteral(node) : undefined);
}

function readWhole(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new GraphQLError('expected a whole number from 0 to 9007199254740991');
}

function readMoment(value: unknown): Date {
  const moment = typeof value === 'string' && RFC_3339.test(value) ? new Date(value) : undefined;
  if (moment && !Number.isNaN(moment.getTime())) return moment;
  throw new GraphQLError('expected a moment in ISO 8601 with an offset, such as "2026-11-23T20:10:00.000Z"');
}
