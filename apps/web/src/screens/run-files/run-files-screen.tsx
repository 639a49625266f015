import { getRouteApi } from '@tanstack/react-router';
import { Files } from 'lucide-react';
import { useRef } from 'react';
import { usePageTitle } from '../../app/page-title.ts';
import { QueryPart } from '../../app/query-part.tsx';
import { classNames } from '../../ui/class-names.ts';
import { useFillHeight } from '../../ui/fill-height.ts';
import { EmptyState } from '../../ui/states.tsx';
import { FileList } from './file-list.tsx';
import { FilePanel } from './file-panel.tsx';
import css from './run-files.module.css';
import { MOST_FILES, useRunFiles } from './use-run-files.ts';

const route = getRouteApi('/$entity/$project/runs/$run/files');
const LEAST_PX = 360;

/** The files of a run by folder, and the one that is chosen beside them. */
export function RunFilesScreen() {
  const params = route.useParams();
  const search = route.useSearch();
  usePageTitle('Files', params.run, params.project);
  const page = useRef<HTMLDivElement>(null);
  const height = useFillHeight(page, LEAST_PX);
  const all = useRunFiles(params, '');
  const isMore = (all.data?.totalCount ?? 0) > MOST_FILES;
  const narrowed = useRunFiles(params, isMore ? (search.q ?? search.folder ?? '') : '');
  const query = isMore ? narrowed : all;
  const isChosen = search.path !== undefined;
  return (
    <div ref={page} className={classNames(css.page, isChosen && css.withFile)} style={{ height }}>
      <QueryPart query={query}>
        {(data) =>
          all.data?.totalCount === 0 ? (
            <EmptyState icon={<Files aria-hidden />} title="No files">
              What the run uploads is listed here: <code>wandb.save</code> and logged media from Python,{' '}
              <code>run.files.upload</code> from TypeScript.
            </EmptyState>
          ) : (
            <>
              <FileList files={data.files} total={all.data?.totalCount ?? data.totalCount} />
              <FilePanel key={search.path ?? ''} />
            </>
          )
        }
      </QueryPart>
    </div>
  );
}
