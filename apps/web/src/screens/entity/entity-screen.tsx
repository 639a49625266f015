import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { found } from '../../api/failure.ts';
import { apiQuery } from '../../api/query.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { FailureState } from '../../app/screen-failure.tsx';
import { FirstRun } from '../../first-run/first-run.tsx';
import { countOf } from '../../format/format-number.ts';
import { EntityProjectsDocument } from '../../generated/graphql.ts';
import { useLive } from '../../live/live.ts';
import { ProjectTable } from '../../projects/project-table.tsx';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CreateProjectDialog } from './create-project-dialog.tsx';
import css from './entity-screen.module.css';

const route = getRouteApi('/$entity');
const EVERY_MS = 10_000;

/** The projects of one entity. */
export function EntityScreen() {
  const { entity: name } = route.useParams();
  usePageTitle(name);
  const [isCreating, setCreating] = useState(false);
  const query = apiQuery(['entity', name], EntityProjectsDocument, { entity: name });
  const { data, error, refetch } = useQuery({ ...query, select: (answer) => found(answer.entity, `entity "${name}"`) });
  useLive(query.queryKey, EVERY_MS);
  return (
    <div className={css.page}>
      {error && !data && <FailureState error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton lines={6} height={16} />}
      {data && (
        <>
          <div className={css.head}>
            <h1 className={css.title}>{data.name}</h1>
            <span className={css.facts}>{countOf(data.projects.totalCount, 'project')}</span>
            {(data.viewerRole === 'OWNER' || data.viewerRole === 'WRITER') && (
              <Button className={css.create ?? ''} onClick={() => setCreating(true)}>
                <Plus aria-hidden />
                New project
              </Button>
            )}
          </div>
          {data.projects.totalCount > 0 ? (
            <ProjectTable entity={data.name} projects={data.projects.nodes} />
          ) : (
            <FirstRun entity={data.name} project="my-project" />
          )}
          {isCreating && <CreateProjectDialog entity={data.name} onClose={() => setCreating(false)} />}
        </>
      )}
    </div>
  );
}
