import { GitCompareArrows, ListPlus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { usePageTitle } from '../../app/page-title.ts';
import { QueryPart } from '../../app/query-part.tsx';
import { countOf } from '../../format/format-number.ts';
import { useRunLooks } from '../../runs/run-look-store.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { AddRun } from './add-run.tsx';
import { CompareCharts } from './compare-charts.tsx';
import { compareRows, numberMetrics } from './compare-rows.ts';
import css from './compare-screen.module.css';
import { CompareTable } from './compare-table.tsx';
import { Toolbar } from './toolbar.tsx';
import { useChosenValues, useComparedRuns, useCompareSearch } from './use-compare.ts';

/** The runs that were chosen, side by side: what they were started with, what came of it, and their charts. */
export function CompareScreen() {
  const { project, search } = useCompareSearch();
  const { runs: names = [] } = search;
  usePageTitle('Compare', project.project);
  const title = <h1 className="visually-hidden">Compare runs of {project.project}</h1>;
  if (names.length === 0) {
    return (
      <Page narrow>
        {title}
        <EmptyState icon={<GitCompareArrows aria-hidden />} title="No runs are chosen" actions={<ChooseRuns />}>
          Choose two or more runs to see side by side what they were started with and what came of it.
        </EmptyState>
      </Page>
    );
  }
  return (
    <div className={css.screen}>
      {title}
      <Comparison names={names} />
    </div>
  );
}

function ChooseRuns() {
  return (
    <AddRun
      align="center"
      trigger={
        <Button look="main">
          <ListPlus aria-hidden />
          Choose runs
        </Button>
      }
    />
  );
}

function Comparison({ names }: { readonly names: readonly string[] }) {
  const { project, search } = useCompareSearch();
  const { query, runs } = useComparedRuns(project, names);
  const lookOf = useRunLooks(runs.map(({ id }) => id));
  const metrics = useMemo(() => numberMetrics(runs), [runs]);
  const stats = JSON.stringify(search.stats ?? {});
  // The metric of a row is known before its value is, so the rows are made once without and once with the values.
  const wanted = useMemo(
    () =>
      compareRows(runs, new Map(), { stats: JSON.parse(stats) }).flatMap(({ metric, chosen }) =>
        metric !== null && chosen !== null ? [[metric, chosen] as const] : [],
      ),
    [runs, stats],
  );
  const chosenValues = useChosenValues(project, runs, wanted);
  const { diff, q } = search;
  const rows = useMemo(
    () => compareRows(runs, chosenValues, { stats: JSON.parse(stats), ...(diff && { diff }), ...(q && { q }) }),
    [runs, chosenValues, stats, diff, q],
  );
  // As state, for the table must know of it when it is there, and a ref of its parent comes after the table's effects.
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const missing = query.isPlaceholderData ? [] : names.filter((name) => !runs.some((run) => run.name === name));
  return (
    <QueryPart query={query}>
      {() => (
        <>
          <Toolbar rows={rows} runs={runs} metrics={metrics} />
          {missing.length > 0 && (
            <p className={css.notice} role="status">
              {countOf(missing.length, 'run')} not found: {missing.join(', ')}
            </p>
          )}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
          <section ref={setScroller} className={css.scroll} tabIndex={0} aria-label="Comparison">
            <CompareCharts project={project} keys={search.charts ?? []} runs={runs} lookOf={lookOf} />
            <CompareTable scroller={scroller} runs={runs} rows={rows} lookOf={lookOf} />
          </section>
        </>
      )}
    </QueryPart>
  );
}
