import { useMemo, useState } from 'react';
import { failureText } from '../../api/failure.ts';
import { ChartCard } from '../../chart/chart-card.tsx';
import type { ChartLine, XRange } from '../../chart/chart-line.ts';
import type { RunName } from '../../live/pulse.ts';
import { runLook } from '../../runs/run-colour.ts';
import { useSeen } from '../../ui/use-seen.ts';
import css from './run-system.module.css';
import type { SystemChart } from './system-groups.ts';
import { thinSamples } from './system-lines.ts';
import { useSamples } from './use-samples.ts';

export interface SystemChartCardProps {
  readonly name: RunName;
  readonly chart: SystemChart;
  readonly revision: number;
}

/** One chart of the machine; its samples are read when it is seen. */
export function SystemChartCard({ name, chart, revision }: SystemChartCardProps) {
  const { ref, isSeen } = useSeen<HTMLDivElement>();
  const [range, setRange] = useState<XRange | null>(null);
  const answers = useSamples(name, isSeen ? chart.lines.map(({ key }) => key) : [], revision);
  const sizes = answers.map(({ data }) => data?.times.length ?? 0).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: samples are only ever added, so their counts tell all
  const lines = useMemo(
    () =>
      chart.lines.flatMap(({ key, label }, i): ChartLine[] => {
        const data = answers[i]?.data;
        if (!data || data.times.length === 0) return [];
        const { colour, dash } = runLook(i);
        const cut = range ? within(data, range) : data;
        return [{ id: key, label, colour, dash, ...thinSamples(cut) }];
      }),
    [chart, sizes, range],
  );
  const error = answers.find((answer) => answer.error)?.error;
  const title = chart.unit === '' ? chart.title : `${chart.title} (${chart.unit})`;
  return (
    <div ref={ref}>
      {error && lines.length === 0 ? (
        <p className={css.problem} role="alert">
          {title}: {failureText(error)}
        </p>
      ) : (
        <ChartCard
          label={title}
          lines={lines}
          xKind="time"
          syncKey={`system ${name.run}`}
          range={range}
          onZoom={setRange}
          pending={!isSeen || (lines.length === 0 && answers.some(({ isPending }) => isPending))}
        />
      )}
      {chart.lines.length > 1 && lines.length > 0 && (
        <ul className={css.legend} aria-label={`Lines of ${title}`}>
          {lines.map(({ id, label, colour }) => (
            <li key={id}>
              <svg viewBox="0 0 10 10" aria-hidden="true" style={{ color: colour }}>
                <circle cx="5" cy="5" r="4" fill="currentColor" />
              </svg>
              {label}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function within({ times, values }: { times: readonly number[]; values: readonly (number | null)[] }, range: XRange) {
  const isIn = (i: number) => (times[i] ?? 0) >= range.from && (times[i] ?? 0) <= range.to;
  const places = times.map((_, i) => i).filter(isIn);
  return { times: places.map((i) => times[i] ?? 0), values: places.map((i) => values[i] ?? null) };
}
