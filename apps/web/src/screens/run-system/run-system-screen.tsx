import type { JsonValue } from '@summa/client';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Cpu } from 'lucide-react';
import { useMemo } from 'react';
import { found } from '../../api/failure.ts';
import { apiQuery } from '../../api/query.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { QueryPart } from '../../app/query-part.tsx';
import { RunSystemMetricsDocument } from '../../generated/graphql.ts';
import { useLive } from '../../live/live.ts';
import { SearchInput } from '../../ui/field.tsx';
import { EmptyState } from '../../ui/states.tsx';
import type { SystemSearch } from './route.ts';
import css from './run-system.module.css';
import { SystemChartCard } from './system-chart-card.tsx';
import { groupSystemKeys } from './system-groups.ts';

const route = getRouteApi('/$entity/$project/runs/$run/system');
const LIVE_MS = 10_000;
const CHART_PX = 400;

/** The machine while the run went on: its parts, each with its charts over the time. */
export function RunSystemScreen() {
  const params = route.useParams();
  const { q = '' } = route.useSearch();
  const navigate = route.useNavigate();
  usePageTitle('System', params.run, params.project);
  const options = apiQuery(['run', ...Object.values(params), 'system-metrics'], RunSystemMetricsDocument, params);
  const query = useQuery({ ...options, select: (data) => found(data.run, `run "${params.run}"`) });
  useLive(options.queryKey, query.data?.state === 'RUNNING' ? LIVE_MS : null);
  const keys = JSON.stringify(keysOf(query.data?.systemMetrics ?? null));
  const groups = useMemo(() => groupSystemKeys(JSON.parse(keys)), [keys]);
  const wanted = q.toLowerCase();
  const shown = groups
    .map(({ part, charts }) => ({
      part,
      charts: charts.filter(({ title, lines }) => `${title} ${lines[0]?.key}`.toLowerCase().includes(wanted)),
    }))
    .filter(({ charts }) => charts.length > 0);
  return (
    <div className={css.page}>
      <QueryPart query={query}>
        {({ revision }) =>
          groups.length === 0 ? (
            <EmptyState icon={<Cpu aria-hidden />} title="No system metrics">
              The <code>wandb</code> package sends them every few seconds. Other programs log them under keys that begin
              with <code>system/</code>.
            </EmptyState>
          ) : (
            <>
              <SearchInput
                className={css.search}
                label="Filter charts"
                value={q}
                onChange={(next) =>
                  void navigate({
                    search: (): SystemSearch => (next === '' ? {} : { q: next }),
                    replace: true,
                    resetScroll: false,
                  })
                }
              />
              {shown.length === 0 && (
                <p className={css.nothing} role="status">
                  No chart has this in its name.
                </p>
              )}
              <div className={css.groups}>
                {shown.map(({ part, charts }) => (
                  <section key={part} className={css.group} aria-label={part} style={roomFor(charts.length)}>
                    <h2 className={css.title}>{part}</h2>
                    <div className={css.grid}>
                      {charts.map((chart) => (
                        <SystemChartCard
                          key={`${chart.title} ${chart.unit}`}
                          name={params}
                          chart={chart}
                          revision={revision}
                        />
                      ))}
                    </div>
                  </section>
                ))}
              </div>
            </>
          )
        }
      </QueryPart>
    </div>
  );
}

// Parts with few charts share a line.
function roomFor(charts: number) {
  return { flex: `${charts} 1 ${charts * CHART_PX}px` };
}

function keysOf(document: JsonValue): string[] {
  return typeof document === 'object' && document !== null && !Array.isArray(document) ? Object.keys(document) : [];
}
