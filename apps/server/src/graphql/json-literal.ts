import type { JsonValue } from '@summa/core/json/json-value';
import { type ConstValueNode, Kind, type ValueNode } from 'graphql';

/** The JSON value that a literal in a GraphQL document stands for; a whole number beyond 2^53 is kept as a bigint. */
export function jsonOfLiteral(
  node: ValueNode | ConstValueNode,
  variables?: Readonly<Record<string, unknown>> | null,
): unknown {
  switch (node.kind) {
    case Kind.NULL:
      return null;
    case Kind.INT:
      return wholeNumber(node.value);
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.STRING:
    case Kind.ENUM:
    case Kind.BOOLEAN:
      return node.value;
    case Kind.VARIABLE:
      return variables?.[node.name.value] ?? null;
    case Kind.LIST:
      return node.values.map((inner) => jsonOfLiteral(inner, variables));
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map((field) => [field.name.value, jsonOfLiteral(field.value, variables)]));
  }
}

function wholeNumber(digits: string): JsonValue {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : BigInt(digits);
}
