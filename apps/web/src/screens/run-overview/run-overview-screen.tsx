import { formatJson } from '@summa/core/json/format-json';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { found } from '../../api/failure.ts';
import { apiQuery } from '../../api/query.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { QueryPart } from '../../app/query-part.tsx';
import { RunOverviewDocument } from '../../generated/graphql.ts';
import { useLiveByRevision } from '../../live/live.ts';
import { useRunPulse } from '../../live/pulse.ts';
import { CodeBlock } from '../../ui/copy.tsx';
import { Fact, Facts, Page } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/time.tsx';

const route = getRouteApi('/$entity/$project/runs/$run/');

/** The facts of a run, its summary and its config. */
export function RunOverviewScreen() {
  const params = route.useParams();
  usePageTitle(params.run, params.project);
  const options = apiQuery(['run', ...Object.values(params), 'overview'], RunOverviewDocument, params);
  const query = useQuery({ ...options, select: (data) => found(data.run, `run "${params.run}"`) });
  useLiveByRevision(options.queryKey, { shown: query.data?.revision, newest: useRunPulse(params).data?.revision });
  return (
    <Page narrow>
      <QueryPart query={query}>
        {(run) => (
          <>
            <Facts>
              <Fact name="Path">{run.path}</Fact>
              <Fact name="Author">{run.user.name}</Fact>
              <Fact name="Started">
                <RelativeTime at={run.startedAt} />
              </Fact>
              <Fact name="Tags">{run.tags.join(', ') || 'none'}</Fact>
              <Fact name="Notes">{run.notes || 'none'}</Fact>
            </Facts>
            <h2>Summary</h2>
            <CodeBlock text={formatJson(run.summary.document)} label="Copy the summary" />
            <h2>Config</h2>
            <CodeBlock text={formatJson(run.config)} label="Copy the config" />
          </>
        )}
      </QueryPart>
    </Page>
  );
}
