import type { ValueKind } from '../generated/graphql.ts';

const TYPES: Readonly<Record<ValueKind, string>> = {
  NUMBER: 'number',
  TEXT: 'string',
  BOOLEAN: 'boolean',
  LIST: 'readonly JsonValue[]',
  OBJECT: 'JsonObject',
};

/** The type of values of these kinds. */
export function typeOf(kinds: readonly ValueKind[]): string {
  return kinds.map((kind) => TYPES[kind]).join(' | ');
}

/** A property's name: as it is where it is an identifier, else in quotes. */
export function propertyName(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : quoted(name);
}

/** A text as a literal in single quotes. */
export function quoted(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1);
  return `'${inner.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** A TSDoc comment of one line, whatever its text holds. */
export function docLine(text: string): string {
  return `/** ${text.replaceAll('*/', '*\\/').replace(/\s+/g, ' ')} */`;
}

/** Lines one level deeper. */
export function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

/** The name of a project's types: `image-net` gives `ImageNet`. */
export function typeNameOf(project: string): string {
  const words = project.split(/[^\p{ID_Continue}]+|_+/u).filter((word) => word !== '');
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return isTypeName(name) ? name : `Project${name}`;
}

/** Whether types may be named so. */
export function isTypeName(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);
}

/** The option that makes the types of a project be named so; empty where they are without it. */
export function nameOption(path: string, name: string): string {
  return name === typeNameOf(path.split('/').at(-1) ?? '') ? '' : ` --name ${name}`;
}
