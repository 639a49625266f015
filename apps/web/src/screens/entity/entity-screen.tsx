import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { usePageTitle } from '../../app/page-title.ts';
import { QueryPart } from '../../app/query-part.tsx';
import { FailureState } from '../../app/screen-failure.tsx';
import { FirstRun } from '../../first-run/first-run.tsx';
import { countOf } from '../../format/format-number.ts';
import { CreateProject, mayWrite } from '../../projects/create-project.tsx';
import { ProjectTable } from '../../projects/project-table.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { SearchInput } from '../../ui/field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { EmptyState } from '../../ui/states.tsx';
import css from './entity-screen.module.css';
import { useProjectPage, useSearchedProjects } from './use-projects.ts';

const route = getRouteApi('/$entity');

/** The projects of one entity: page by page, or those that a text finds in all of them. */
export function EntityScreen() {
  const { entity } = route.useParams();
  const search = route.useSearch();
  const { q = '' } = search;
  const navigate = useNavigate();
  usePageTitle(entity);
  const { data, error, refetch } = useProjectPage(entity, search);
  const setText = (text: string) =>
    void navigate({ to: '/$entity', params: { entity }, search: text === '' ? {} : { q: text }, replace: true });
  if (error && !data) {
    return (
      <div className={css.page}>
        <FailureState page error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1 className={css.title}>{entity}</h1>
        {data && <span className={css.facts}>{countOf(data.projects.totalCount, 'project')}</span>}
        {data && (
          <div className={css.tools}>
            {data.projects.totalCount > 0 && (
              <SearchInput label="Filter projects" value={q} onChange={setText} className={css.filter} />
            )}
            <CreateProject entities={[data]} />
          </div>
        )}
      </div>
      {!data && <Skeleton lines={6} height={16} />}
      {data?.projects.totalCount === 0 && <NoProjects entity={entity} isWriter={mayWrite(data.viewerRole)} />}
      {data && data.projects.totalCount > 0 && q !== '' && <Searched entity={entity} text={q} />}
      {data && data.projects.totalCount > 0 && q === '' && (
        <>
          <ProjectTable entity={entity} projects={data.projects.nodes} />
          <Pages entity={entity} {...data.projects.pageInfo} />
        </>
      )}
    </div>
  );
}

function NoProjects({ entity, isWriter }: { readonly entity: string; readonly isWriter: boolean }) {
  return isWriter ? (
    <FirstRun entity={entity} project="my-project" />
  ) : (
    <EmptyState title="No projects">{entity} has no project that you may see.</EmptyState>
  );
}

function Searched({ entity, text }: { readonly entity: string; readonly text: string }) {
  return (
    <QueryPart query={useSearchedProjects(entity, text)}>
      {(projects) =>
        projects.length > 0 ? (
          <ProjectTable entity={entity} projects={projects} />
        ) : (
          <EmptyState title="Nothing found">
            No project of {entity} is called “{text}”.
          </EmptyState>
        )
      }
    </QueryPart>
  );
}

interface PagesProps {
  readonly entity: string;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
  readonly hasPreviousPage: boolean;
  readonly hasNextPage: boolean;
}

function Pages({ entity, startCursor, endCursor, hasPreviousPage, hasNextPage }: PagesProps) {
  if (!hasPreviousPage && !hasNextPage) return null;
  return (
    <nav className={css.pages} aria-label="Pages">
      {hasPreviousPage && startCursor !== null && (
        <Link to="/$entity" params={{ entity }} search={{ before: startCursor }} className={buttonClass()}>
          <ChevronLeft aria-hidden />
          Previous
        </Link>
      )}
      {hasNextPage && endCursor !== null && (
        <Link to="/$entity" params={{ entity }} search={{ after: endCursor }} className={buttonClass()}>
          Next
          <ChevronRight aria-hidden />
        </Link>
      )}
    </nav>
  );
}
