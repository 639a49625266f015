import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { apiQuery } from '../../api/query.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { FailureState } from '../../app/screen-failure.tsx';
import { FirstRun } from '../../first-run/first-run.tsx';
import { countOf } from '../../format/format-number.ts';
import { HomeProjectsDocument } from '../../generated/graphql.ts';
import { useLive } from '../../live/live.ts';
import { CreateProject } from '../../projects/create-project.tsx';
import { ProjectTable } from '../../projects/project-table.tsx';
import { useViewer } from '../../session/viewer-query.ts';
import { SearchInput } from '../../ui/field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from './home-screen.module.css';
import { shownEntities } from './shown-entities.ts';

const route = getRouteApi('/');
const query = apiQuery(['home'], HomeProjectsDocument, {});
const EVERY_MS = 10_000;

/** The projects of everybody's entities whom the viewer belongs to. */
export function HomeScreen() {
  usePageTitle('Projects');
  const viewer = useViewer();
  const { q: text = '' } = route.useSearch();
  const navigate = useNavigate();
  const setText = (q: string) => void navigate({ to: '/', search: q === '' ? {} : { q }, replace: true });
  const { data, error, refetch } = useQuery(query);
  useLive(query.queryKey, EVERY_MS);
  if (error && !data) return <FailureState page error={error} onRetry={() => void refetch()} />;
  const entities = data?.viewer.entities ?? [];
  const isEmpty = data !== undefined && entities.every((entity) => entity.projects.totalCount === 0);
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1 className={css.title}>Projects</h1>
        <div className={css.tools}>
          {!isEmpty && <SearchInput label="Filter projects" value={text} onChange={setText} className={css.filter} />}
          <CreateProject entities={viewer.entities} />
        </div>
      </div>
      {data === undefined && <Skeleton lines={6} height={16} />}
      {isEmpty && <FirstRun entity={viewer.name} project="my-project" />}
      {!isEmpty &&
        shownEntities(entities, text).map((entity) => (
          <section key={entity.id} className={css.entity} aria-labelledby={`entity-${entity.name}`}>
            <h2 id={`entity-${entity.name}`} className={css.name}>
              <Link to="/$entity" params={{ entity: entity.name }}>
                {entity.name}
              </Link>
            </h2>
            {entity.projects.length > 0 ? (
              <ProjectTable entity={entity.name} projects={entity.projects} />
            ) : (
              <p className={css.none}>{text === '' ? 'No projects yet.' : `No project is called “${text}”.`}</p>
            )}
            {entity.unread > 0 && (
              <p className={css.more}>
                <Link to="/$entity" params={{ entity: entity.name }} search={text === '' ? {} : { q: text }}>
                  {text === '' ? countOf(entity.unread, 'more project') : `Search all projects of ${entity.name}`}
                </Link>
              </p>
            )}
          </section>
        ))}
    </div>
  );
}
