import { formatJson } from '@summa/core/json/format-json';
import { isJsonObject, type JsonValue } from '@summa/core/json/json-value';

/** A value as JSON over several lines, as people read and copy it; NaN and whole numbers beyond 2^53 as they are stored. */
export function prettyJson(value: JsonValue): string {
  return pretty(value, '');
}

const LONGEST_LINE = 80;

function pretty(value: JsonValue, indent: string): string {
  const flat = formatJson(value);
  if (isJsonObject(value)) {
    const lines = Object.entries(value).map(
      ([name, inner]) => `${indent}  ${JSON.stringify(name)}: ${pretty(inner, `${indent}  `)}`,
    );
    return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`;
  }
  // A short list of plain values stays on its line.
  if (!Array.isArray(value) || (flat.length <= LONGEST_LINE && !value.some(isContainer))) {
    return Array.isArray(value) ? `[${value.map((inner) => formatJson(inner)).join(', ')}]` : flat;
  }
  return `[\n${value.map((inner) => `${indent}  ${pretty(inner, `${indent}  `)}`).join(',\n')}\n${indent}]`;
}

function isContainer(value: JsonValue): boolean {
  return Array.isArray(value) || isJsonObject(value);
}
