import { formatNumber } from '../format/format-number.ts';

const MOST_DIGITS = 12;

/** The ticks of an axis in words: short, but with as many digits as it takes to tell one from the next. */
export function tickLabels(ticks: readonly (number | null)[]): string[] {
  const short = ticks.map((tick) => (tick === null ? '' : formatNumber(tick).text));
  const shown = ticks.filter((tick) => tick !== null);
  if (new Set(short.filter((text) => text !== '')).size === new Set(shown).size) return short;
  // Ticks are round numbers: this many digits are all that they have.
  return ticks.map((tick) => (tick === null ? '' : String(Number(tick.toPrecision(MOST_DIGITS)))));
}
