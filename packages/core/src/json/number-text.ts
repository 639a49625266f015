import { formatWireJson } from './format-json.ts';

/** A number as `formatWireJson` writes it, without its detours for the numbers that are usual. */
export function numberText(number: number): string {
  const isUsual = number <= Number.MAX_SAFE_INTEGER && number >= -Number.MAX_SAFE_INTEGER && number !== 0;
  return isUsual ? `${number}` : formatWireJson(number);
}
