import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ScrollText } from 'lucide-react';
import { found } from '../../api/failure.ts';
import { fileHref } from '../../api/file-href.ts';
import { apiQuery } from '../../api/query.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { QueryPart } from '../../app/query-part.tsx';
import { RunLogSourcesDocument } from '../../generated/graphql.ts';
import { useLive } from '../../live/live.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Bytes } from '../../ui/bytes.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { LogConsole } from './log-console.tsx';

const route = getRouteApi('/$entity/$project/runs/$run/logs');
const LIVE_MS = 1_000;
const RESTING_MS = 10_000;

/** What a run's processes printed: as it comes, searched, filtered, line by line. */
export function RunLogsScreen() {
  const params = route.useParams();
  const search = route.useSearch();
  usePageTitle('Logs', params.run, params.project);
  const options = apiQuery(['run', ...Object.values(params), 'logs'], RunLogSourcesDocument, params);
  const query = useQuery({ ...options, select: (data) => found(data.run, `run "${params.run}"`) });
  useLive(options.queryKey, query.data?.state === 'RUNNING' ? LIVE_MS : RESTING_MS);
  return (
    <QueryPart
      query={query}
      pending={
        <Page>
          <Skeleton lines={18} height={12} />
        </Page>
      }
    >
      {({ logSources, state, file }) => {
        const source = logSources.find(({ name }) => name === search.source) ?? logSources[0];
        if (source === undefined || logSources.every(({ lineCount }) => lineCount === 0)) {
          return (
            <NoOutput isRunning={state === 'RUNNING'} file={file && { ...file, href: fileHref(params, file.path) }} />
          );
        }
        return (
          <LogConsole
            key={source.name}
            console={{ ...params, source: source.name }}
            lineCount={source.lineCount}
            sources={logSources}
            isRunning={state === 'RUNNING'}
            fileHref={file && source === logSources[0] ? fileHref(params, file.path) : null}
          />
        );
      }}
    </QueryPart>
  );
}

interface NoOutputProps {
  readonly isRunning: boolean;
  readonly file: { readonly path: string; readonly size: number; readonly href: string } | null;
}

function NoOutput({ isRunning, file }: NoOutputProps) {
  return (
    <EmptyState
      icon={<ScrollText aria-hidden />}
      title="No console output"
      actions={
        file && (
          <a className={buttonClass()} href={file.href} download>
            {file.path} (<Bytes count={file.size} />)
          </a>
        )
      }
    >
      {isRunning ? 'Lines appear here as soon as the run prints them. ' : ''}
      The <code>wandb</code> package sends what the process prints unless <code>console</code> is off in its settings;
      other programs send lines with the mutation <code>logLines</code>.
    </EmptyState>
  );
}
