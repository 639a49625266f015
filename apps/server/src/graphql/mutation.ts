import type { InputObjectRef, ObjectRef } from '@pothos/core';
import type { RequestContext } from '../access/request-context.ts';
import type { Scope } from '../access/scope.ts';
import { inArgument } from './argument-path.ts';
import { type BuilderTypes, builder } from './builder.ts';

/** What one mutation is: its input, what its key must allow, what it does, and what it answers. */
export interface MutationOptions<Input, Payload extends object> {
  readonly scope: Scope;
  readonly description: string;
  readonly input: InputObjectRef<BuilderTypes, Input>;
  readonly payload: ObjectRef<BuilderTypes, Payload>;
  readonly run: (context: RequestContext, input: Input) => Promise<Payload>;
}

/** Adds a mutation with the one argument `input`. Where its input is wrong, the error's path begins with `input`. */
export function addMutation<Input, Payload extends object>(
  name: string,
  options: MutationOptions<Input, Payload>,
): void {
  builder.mutationField(name, (t) =>
    t.field({
      type: options.payload,
      description: options.description,
      extensions: { scope: options.scope, cost: 10 },
      args: { input: t.arg({ type: options.input, required: true, description: 'What to do, and with what.' }) },
      // Pothos cannot infer through a generic input: it is required, so it is exactly what the input type reads.
      resolve: (_root, args: unknown, context) =>
        inArgument('input', () => options.run(context, (args as { input: Input }).input)) as never,
    }),
  );
}
