const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30.44 * DAY;
const YEAR = 365.25 * DAY;

const UNITS: readonly (readonly [number, string])[] = [
  [YEAR, 'y'],
  [MONTH, 'mo'],
  [DAY, 'd'],
  [HOUR, 'h'],
  [MINUTE, 'min'],
  [SECOND, 's'],
];

/** How long ago a moment was: `3 min ago`, `just now` below five seconds and for what a clock ahead of ours says. */
export function formatAgo(at: Date, now: Date): string {
  const passed = now.getTime() - at.getTime();
  if (passed < 5 * SECOND) return passed < -MINUTE ? `in ${largestUnit(-passed)}` : 'just now';
  return `${largestUnit(passed)} ago`;
}

/** After how many ms `formatAgo` may say something else. */
export function agoChangesAfter(at: Date, now: Date): number {
  const passed = Math.abs(now.getTime() - at.getTime());
  return passed < MINUTE ? SECOND : passed < HOUR ? 15 * SECOND : 10 * MINUTE;
}

function largestUnit(ms: number): string {
  const [length, name] = UNITS.find(([unit]) => ms >= unit) ?? [SECOND, 's'];
  return `${Math.floor(ms / length)} ${name}`;
}

/** A span of time in its two largest units: `350 ms`, `42 s`, `3 min 05 s`, `1 h 04 m`, `2 d 3 h`. */
export function formatDuration(ms: number): string {
  if (ms < SECOND) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < MINUTE) return `${Number((ms / SECOND).toFixed(ms < 10 * SECOND ? 1 : 0))} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ${twoDigits((ms % MINUTE) / SECOND)} s`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h ${twoDigits((ms % HOUR) / MINUTE)} m`;
  return `${Math.floor(ms / DAY)} d ${Math.floor((ms % DAY) / HOUR)} h`;
}

function twoDigits(amount: number): string {
  return String(Math.floor(amount)).padStart(2, '0');
}

/** A moment in full, in the zone of the reader: `2026-11-25 19:00:50.123 +01:00`. */
export function formatMoment(at: Date): string {
  const pad = (amount: number, length = 2) => String(amount).padStart(length, '0');
  const date = `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
  const time = `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}.${pad(at.getMilliseconds(), 3)}`;
  const ahead = -at.getTimezoneOffset();
  const zone = `${ahead < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(ahead) / 60))}:${pad(Math.abs(ahead) % 60)}`;
  return `${date} ${time} ${zone}`;
}
