import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { apiQuery } from '../../api/query.ts';
import { ChartCard } from '../../chart/chart-card.tsx';
import { CompareSeriesDocument } from '../../generated/graphql.ts';
import type { ProjectName } from '../../live/pulse.ts';
import type { RunLook } from '../../runs/run-colour.ts';
import { chartLines } from './chart-lines.ts';
import type { ComparedRun } from './compare-rows.ts';
import css from './compare-screen.module.css';

export interface CompareChartsProps {
  readonly project: ProjectName;
  readonly keys: readonly string[];
  readonly runs: readonly ComparedRun[];
  readonly lookOf: (runId: string) => RunLook;
}

/** The chosen metrics over all runs; nothing when none is chosen. */
export function CompareCharts(props: CompareChartsProps) {
  return props.keys.length === 0 ? null : <Charts {...props} />;
}

function Charts({ project, keys, runs, lookOf }: CompareChartsProps) {
  const names = runs.map(({ name }) => name).sort();
  // What was logged since is another revision.
  const revisions = runs.map(({ name, revision }) => `${name} ${revision}`).sort();
  const options = apiQuery(
    ['project', project.entity, project.project, 'compare-series', revisions, keys],
    CompareSeriesDocument,
    { ...project, names, keys: [...keys] },
  );
  const { data } = useQuery({ ...options, enabled: names.length > 0, placeholderData: keepPreviousData });
  const drawn = JSON.stringify(runs.map(({ id, displayName }) => ({ id, label: displayName, ...lookOf(id) })));
  const shown = JSON.stringify(keys);
  const lines = useMemo(
    () => chartLines(JSON.parse(shown), data?.project?.runs.nodes ?? [], JSON.parse(drawn)),
    [shown, data, drawn],
  );
  return (
    <section className={css.charts} aria-label="Charts">
      {keys.map((key) => (
        <ChartCard key={key} label={key} lines={lines.get(key) ?? []} pending={data === undefined} syncKey="compare" />
      ))}
    </section>
  );
}
