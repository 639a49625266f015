import { formatWireNumber } from './format-json.ts';
import { MAX_JSON_DEPTH } from './json-limits.ts';
import { isPlainObject, notJson, tooDeep } from './wire-json.ts';

/**
 * The strict JSON text of what a caller gave: what `formatWireJson` makes of `fromWire(value)`, in one pass and without the value in
 * between. Throws as `fromWire` does.
 */
export function wireText(value: unknown): string {
  return textOf(value, MAX_JSON_DEPTH);
}

function textOf(value: unknown, levels: number): string {
  switch (typeof value) {
    case 'number':
      return formatWireNumber(value);
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'bigint':
      return String(value);
    case 'object':
      return value === null ? 'null' : containerText(value, levels);
    default:
      throw notJson(value, []);
  }
}

function containerText(value: object, levels: number): string {
  if (levels === 0) throw tooDeep([]);
  if (Array.isArray(value)) return `[${value.map((inner) => textOf(inner ?? null, levels - 1)).join(',')}]`;
  if (!isPlainObject(value)) throw notJson(value, []);
  let text = '';
  for (const [key, inner] of Object.entries(value)) {
    if (inner === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${textOf(inner, levels - 1)}`;
  }
  return `{${text}}`;
}
