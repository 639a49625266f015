import { buildSchema, introspectionFromSchema } from 'graphql';

/** The answer to an introspection query that asks for everything, as JSON text: what `/schema.json` serves. */
export function introspectionText(schema: string): string {
  const everything = { specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, oneOf: true };
  const introspection = introspectionFromSchema(buildSchema(schema), { inputValueDeprecation: true, ...everything });
  return `${JSON.stringify(introspection)}\n`;
}
