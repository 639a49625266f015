import { UsageError } from '../command-error.ts';

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/**
 * When something ends, as ISO 8601 text: `90d`, `12h`, `30m` or `2w` from now, or a date or time in ISO 8601.
 *
 * Throws `UsageError` for anything else and for a time that is not ahead.
 */
export function parseExpiry(text: string, now: number): string {
  const [, amount, unit = ''] = /^(\d+)([mhdw])$/.exec(text) ?? [];
  const isDate = /^\d{4}-\d{2}-\d{2}(T.*)?$/.test(text);
  const at =
    amount !== undefined ? now + Number(amount) * (UNIT_MS[unit] ?? 0) : isDate ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at) || Math.abs(at) > 8.64e15) {
    throw new UsageError(
      `--expires is ${JSON.stringify(text)}; give a time from now, such as 90d or 12h, or a date such as 2027-01-31`,
    );
  }
  if (at <= now) throw new UsageError(`--expires is ${JSON.stringify(text)}, which is over already`);
  return new Date(at).toISOString();
}
