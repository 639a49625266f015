import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ScrollText } from 'lucide-react';
import { found } from '../../api/failure.ts';
import { apiQuery } from '../../api/query.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { QueryPart } from '../../app/query-part.tsx';
import { RunLogFilesDocument } from '../../generated/graphql.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Bytes } from '../../ui/bytes.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';

const route = getRouteApi('/$entity/$project/runs/$run/logs');

/** What a run wrote to its console, as the file that keeps it. */
export function RunLogsScreen() {
  const params = route.useParams();
  usePageTitle('Logs', params.run, params.project);
  const options = apiQuery(['run', ...Object.values(params), 'logs'], RunLogFilesDocument, params);
  const query = useQuery({ ...options, select: (data) => found(data.run, `run "${params.run}"`) });
  return (
    <Page>
      <QueryPart query={query}>
        {({ file }) =>
          file === null ? (
            <EmptyState icon={<ScrollText aria-hidden />} title="No console output">
              This run sent no <code>output.log</code>.
            </EmptyState>
          ) : (
            <a className={buttonClass()} href={file.url}>
              {file.path} (<Bytes count={file.size} />)
            </a>
          )
        }
      </QueryPart>
    </Page>
  );
}
