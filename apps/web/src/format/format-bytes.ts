const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** A size in binary units with three significant digits: `512 B`, `1.5 KiB`, `50 GiB`. */
export function formatBytes(bytes: number): string {
  let unit = 0;
  let amount = bytes;
  // What would be rounded to 1,024 of a unit is one of the next.
  while (amount >= 1_023.5 && unit < UNITS.length - 1) {
    amount /= 1_024;
    unit += 1;
  }
  const digits = unit === 0 || amount >= 100 ? 0 : amount >= 10 ? 1 : 2;
  return `${Number(amount.toFixed(digits))} ${UNITS[unit]}`;
}
