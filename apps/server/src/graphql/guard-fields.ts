import { defaultFieldResolver, type GraphQLField, type GraphQLSchema, isObjectType } from 'graphql';
import { requireScope } from '../access/caller.ts';
import { clearLoaders } from '../access/loaders.ts';
import type { RequestContext } from '../access/request-context.ts';
import { SCOPES, type Scope } from '../access/scope.ts';

type Field = GraphQLField<unknown, RequestContext>;

/**
 * Makes every field that says so in its extension `scope` refuse API keys without that scope, whatever its resolver does.
 *
 * A field of Query or Mutation that says nothing stops the server from starting. `ANY` is for what everybody with a key may see.
 * Before each mutation the loaders of the operation forget what they saw.
 */
export function guardFields(schema: GraphQLSchema): GraphQLSchema {
  const [query, mutation] = [schema.getQueryType(), schema.getMutationType()];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const scope = field.extensions.scope;
      if (isScope(scope)) guardField(field, scope);
      else if (scope !== 'ANY' && (type === query || type === mutation))
        throw new Error(`${type.name}.${field.name} does not say which scope it needs`);
      if (type === mutation) forgetBefore(field);
    }
  }
  return schema;
}

function guardField(field: Field, scope: Scope): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (parent, args, context, info) => {
    requireScope(context.caller, scope);
    return resolve(parent, args, context, info);
  };
}

function forgetBefore(field: Field): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (parent, args, context, info) => {
    clearLoaders(context.loaders);
    return resolve(parent, args, context, info);
  };
}

function isScope(value: unknown): value is Scope {
  return SCOPES.some((scope) => scope === value);
}
