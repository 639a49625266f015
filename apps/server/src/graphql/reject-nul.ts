import { type ASTVisitor, GraphQLError, type ValidationContext } from 'graphql';
import { ServerError } from '../server-error.ts';

const MESSAGE = 'a text holds the character NUL (\\u0000), which cannot be stored; remove it';

/** A validation rule: no literal of a document holds the character NUL, which Postgres cannot store. */
export function rejectNulLiterals(context: ValidationContext): ASTVisitor {
  return {
    StringValue(node) {
      if (!node.value.includes('\0')) return;
      // Apollo gives every validation error its own code; ours is found again in what it wraps.
      context.reportError(
        new GraphQLError(MESSAGE, { nodes: node, originalError: new ServerError('INVALID_INPUT', MESSAGE) }),
      );
    },
  };
}

/** Throws when a text or a key anywhere in a JSON value holds NUL; `path` is where the value stands. @throws ServerError INVALID_INPUT */
export function rejectNul(value: unknown, path: readonly (string | number)[] = []): void {
  if (typeof value === 'string') {
    if (value.includes('\0')) throw new ServerError('INVALID_INPUT', MESSAGE, path);
  } else if (Array.isArray(value)) {
    for (const [i, inner] of value.entries()) rejectNul(inner, [...path, i]);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (key.includes('\0')) throw new ServerError('INVALID_INPUT', MESSAGE, path);
      rejectNul(inner, [...path, key]);
    }
  }
}
