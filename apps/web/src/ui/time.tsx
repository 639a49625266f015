import { useEffect, useState } from 'react';
import { agoChangesAfter, formatAgo, formatDuration, formatMoment } from '../format/format-time.ts';

/** A moment as people say it, `3 min ago`; exact on hover. It moves on by itself. */
export function RelativeTime({ at }: { readonly at: string | Date }) {
  const moment = new Date(at);
  const now = useNow((current) => agoChangesAfter(moment, current));
  return (
    <time dateTime={moment.toISOString()} title={formatMoment(moment)}>
      {formatAgo(moment, now)}
    </time>
  );
}

export interface DurationProps {
  readonly from: string | Date;
  /** Null while it goes on. */
  readonly to: string | Date | null;
}

/** How long something took, or has been taking. */
export function Duration({ from, to }: DurationProps) {
  const now = useNow(() => (to === null ? 1_000 : null));
  const ms = (to === null ? now : new Date(to)).getTime() - new Date(from).getTime();
  return <span title={`${Math.round(ms) / 1_000} s`}>{formatDuration(ms)}</span>;
}

function useNow(changesAfter: (now: Date) => number | null): Date {
  const [now, setNow] = useState(() => new Date());
  const wait = changesAfter(now);
  useEffect(() => {
    if (wait === null) return;
    const timer = setInterval(() => setNow(new Date()), wait);
    return () => clearInterval(timer);
  }, [wait]);
  return now;
}
