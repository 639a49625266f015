import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { found } from '../../api/failure.ts';
import { apiQuery } from '../../api/query.ts';
import { QueryPart } from '../../app/query-part.tsx';
import { formatCount } from '../../format/format-number.ts';
import { type AllStatisticsFragment, MetricDetailDocument, type MetricDetailQuery } from '../../generated/graphql.ts';
import { useLiveByRevision } from '../../live/live.ts';
import { type RunName, useRunPulse } from '../../live/pulse.ts';
import { Missing, NumberText } from '../../ui/number-text.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import css from './run-overview.module.css';
import { sparkPath } from './spark-path.ts';
import { oneLine } from './value-form.ts';

export interface OfKey {
  readonly name: RunName;
  /** The key. */
  readonly at: string;
}

/** All statistics of a metric with the step and the time at which they occurred, and its course as a small line. */
export function MetricDetail({ name, at }: OfKey) {
  const { entity, project, run } = name;
  const options = apiQuery(['run', entity, project, run, 'metric', at], MetricDetailDocument, { ...name, key: at });
  const query = useQuery({ ...options, select: (data) => found(data.run, `run "${run}"`) });
  useLiveByRevision(options.queryKey, { shown: query.data?.revision, newest: useRunPulse(name).data?.revision });
  return (
    <QueryPart query={query} pending={<Skeleton lines={6} height={16} />}>
      {({ summary: { metric }, history }) =>
        metric === null ? (
          <p className={css.note}>The run has not logged this metric.</p>
        ) : (
          <div className={css.metric}>
            <Steps metric={metric} />
            <div className={css.metricMore}>
              <Spark series={history.series[0]} lastStep={metric.lastStep} />
              <Spread metric={metric} />
            </div>
          </div>
        )
      }
    </QueryPart>
  );
}

function Steps({ metric }: { readonly metric: AllStatisticsFragment }) {
  const { kind, finiteCount } = metric;
  const hasNumbers = kind === 'NUMBER' || kind === 'BOOLEAN' || finiteCount > 0;
  const shown = new Set(metric.definition?.summary);
  return (
    <table className={css.steps}>
      <caption className="visually-hidden">Statistics of {metric.key}</caption>
      <thead>
        <tr>
          <th scope="col">Statistic</th>
          <th scope="col" className={css.right}>
            Value
          </th>
          <th scope="col" className={css.right}>
            Step
          </th>
          <th scope="col">Logged</th>
        </tr>
      </thead>
      <tbody>
        <Step
          name="last"
          isShown={shown.has('last')}
          value={metric.last}
          step={metric.lastStep}
          time={metric.lastTime}
        />
        {hasNumbers && (
          <>
            <Step
              name="min"
              isShown={shown.has('min')}
              value={metric.min}
              step={metric.minStep}
              time={metric.minTime}
            />
            <Step
              name="max"
              isShown={shown.has('max')}
              value={metric.max}
              step={metric.maxStep}
              time={metric.maxTime}
            />
            {metric.goal !== null && (
              <Step
                name="best"
                isShown={shown.has('best')}
                value={metric.best}
                step={metric.bestStep}
                time={metric.bestTime}
              />
            )}
          </>
        )}
        <Step
          name="first"
          isShown={shown.has('first')}
          value={metric.first}
          step={metric.firstStep}
          time={metric.firstTime}
        />
        {hasNumbers && (
          <>
            <Step name="mean" isShown={shown.has('mean')} value={metric.mean} />
            <Step name="median" isShown={shown.has('median')} value={metric.median} />
            <Step name="stddev" isShown={shown.has('stddev')} value={metric.stddev} />
            <Step name="variance" isShown={shown.has('variance')} value={metric.variance} />
            <Step name="sum" isShown={shown.has('sum')} value={metric.sum} />
          </>
        )}
      </tbody>
    </table>
  );
}

interface StepProps {
  readonly name: string;
  readonly value: AllStatisticsFragment['last'];
  readonly step?: number | null;
  readonly time?: string | null;
  /** Whether the summary shows it. */
  readonly isShown: boolean;
}

function Step({ name, value, step, time, isShown }: StepProps) {
  return (
    <tr>
      <th scope="row" className={isShown ? css.shown : undefined}>
        {name}
        {isShown && <span className="visually-hidden">, shown in the summary</span>}
      </th>
      <td className={css.right}>
        <Statistic value={value} />
      </td>
      <td className={css.right}>{step === undefined || step === null ? '' : formatCount(step)}</td>
      <td>{time && <RelativeTime at={time} />}</td>
    </tr>
  );
}

function Statistic({ value }: { readonly value: AllStatisticsFragment['last'] }) {
  if (value === null) return <Missing />;
  const isNumber = typeof value === 'number' || typeof value === 'bigint';
  const isStrange = value === 'NaN' || value === 'Infinity' || value === '-Infinity';
  return isNumber || isStrange ? <NumberText value={value} aligned /> : <span>{oneLine(value, 32)}</span>;
}

const PERCENTS = [1, 5, 25, 75, 95, 99];

function Spread({ metric }: { readonly metric: AllStatisticsFragment }) {
  const strange = [
    ['NaN', metric.nanCount],
    ['∞', metric.posInfCount],
    ['-∞', metric.negInfCount],
  ] as const;
  return (
    <dl className={css.spread}>
      <Small name="values">{formatCount(metric.count)}</Small>
      <Small name="finite">{formatCount(metric.finiteCount)}</Small>
      {strange.map(([name, count]) => (
        <Small key={name} name={name}>
          <span className={count > 0 ? css.warn : undefined}>{formatCount(count)}</span>
        </Small>
      ))}
      {metric.finiteCount > 0 &&
        PERCENTS.map((percent, index) => (
          <Small key={percent} name={`p${percent}`}>
            <NumberText value={metric.percentiles[index]} />
          </Small>
        ))}
    </dl>
  );
}

function Small({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

type Series = NonNullable<MetricDetailQuery['run']>['history']['series'][number];

const WIDTH = 280;
const HEIGHT = 64;

interface SparkProps {
  readonly series: Series | undefined;
  readonly lastStep: number | null;
}

function Spark({ series, lastStep }: SparkProps) {
  if (!series) return null;
  const values = series.mean.map((value) => (value === null ? null : Number(value)));
  const path = sparkPath({ steps: series.steps, values }, WIDTH, HEIGHT - 4);
  if (path === '') return <p className={css.note}>No finite number was logged, so there is no line to draw.</p>;
  return (
    <figure className={css.spark}>
      <svg viewBox={`0 -2 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path d={path} vectorEffect="non-scaling-stroke" />
      </svg>
      <figcaption>
        <span>step {formatCount(series.steps[0] ?? 0)}</span>
        <span>{formatCount(lastStep ?? 0)}</span>
      </figcaption>
    </figure>
  );
}
