const UNITS = ['kB', 'MB', 'GB', 'TB'] as const;

/** A number of bytes as people read it, in thousands: `512 bytes`, `12.3 kB`, `4.0 GB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  let [size, unit] = [bytes / 1000, 0];
  // What would be rounded to 1000.0 is one of the next unit.
  while (size >= 999.95 && unit < UNITS.length - 1) [size, unit] = [size / 1000, unit + 1];
  return `${size.toFixed(1)} ${UNITS[unit]}`;
}
