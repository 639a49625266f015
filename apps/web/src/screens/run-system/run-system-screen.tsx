import type { JsonValue } from '@summa/client';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Cpu } from 'lucide-react';
import { found } from '../../api/failure.ts';
import { apiQuery } from '../../api/query.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { QueryPart } from '../../app/query-part.tsx';
import { RunSystemMetricsDocument } from '../../generated/graphql.ts';
import { useLiveByRevision } from '../../live/live.ts';
import { useRunPulse } from '../../live/pulse.ts';
import { KeyText } from '../../ui/key-text.tsx';
import { NumberText } from '../../ui/number-text.tsx';
import { Page, PlainTable } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';

const route = getRouteApi('/$entity/$project/runs/$run/system');

/** The last values of the system metrics of a run. */
export function RunSystemScreen() {
  const params = route.useParams();
  usePageTitle('System', params.run, params.project);
  const options = apiQuery(['run', ...Object.values(params), 'system'], RunSystemMetricsDocument, params);
  const query = useQuery({ ...options, select: (data) => found(data.run, `run "${params.run}"`) });
  useLiveByRevision(options.queryKey, { shown: query.data?.revision, newest: useRunPulse(params).data?.revision });
  return (
    <Page>
      <QueryPart query={query}>
        {({ systemMetrics }) => {
          const metrics = entriesOf(systemMetrics);
          if (metrics.length === 0) {
            return (
              <EmptyState icon={<Cpu aria-hidden />} title="No system metrics">
                Keys that begin with <code>system/</code> are shown here.
              </EmptyState>
            );
          }
          return (
            <PlainTable caption="System metrics">
              <thead>
                <tr>
                  <th scope="col">Metric</th>
                  <th scope="col">Last value</th>
                </tr>
              </thead>
              <tbody>
                {metrics.map(([key, value]) => (
                  <tr key={key}>
                    <td>
                      <KeyText name={key} />
                    </td>
                    <td>{isNumeric(value) ? <NumberText value={value} /> : String(value)}</td>
                  </tr>
                ))}
              </tbody>
            </PlainTable>
          );
        }}
      </QueryPart>
    </Page>
  );
}

function entriesOf(document: JsonValue): [string, JsonValue][] {
  return typeof document === 'object' && document !== null && !Array.isArray(document) ? Object.entries(document) : [];
}

function isNumeric(value: JsonValue): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}
