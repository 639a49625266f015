import { buildSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';

/** What a reason says: what to use, and the release that will be without the old thing. VERSIONING.md asks for both. */
const REASON = /^Use .+ instead\. Goes in (?:\d+\.0|0\.\d+)\.$/;

/** Everything of a schema text that is deprecated without saying what to use instead and when it goes; empty when all do. */
export function undatedDeprecations(text: string): string[] {
  return Object.values(buildSchema(text).getTypeMap())
    .flatMap((type) => {
      if (isEnumType(type)) return type.getValues().map((value) => named(type.name, value));
      if (isInputObjectType(type)) return Object.values(type.getFields()).map((field) => named(type.name, field));
      if (!isObjectType(type) && !isInterfaceType(type)) return [];
      return Object.values(type.getFields()).flatMap((field) => [
        named(type.name, field),
        ...field.args.map((argument) => named(`${type.name}.${field.name}`, argument)),
      ]);
    })
    .filter(([, reason]) => typeof reason === 'string' && !REASON.test(reason))
    .map(([name]) => name);
}

function named(
  owner: string,
  { name, deprecationReason }: { name: string; deprecationReason?: string | null | undefined },
) {
  return [`${owner}.${name}`, deprecationReason] as const;
}
