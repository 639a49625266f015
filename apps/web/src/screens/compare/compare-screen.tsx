import { getRouteApi, Link } from '@tanstack/react-router';
import { GitCompareArrows } from 'lucide-react';
import { usePageTitle } from '../../app/page-title.ts';
import { countOf } from '../../format/format-number.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';

const route = getRouteApi('/$entity/$project/compare');

/** The runs that were chosen to be compared. */
export function CompareScreen() {
  const { entity, project } = route.useParams();
  const { runs = [] } = route.useSearch();
  usePageTitle('Compare', project);
  if (runs.length === 0) {
    return (
      <Page narrow>
        <h1 className="visually-hidden">Compare runs of {project}</h1>
        <EmptyState
          icon={<GitCompareArrows aria-hidden />}
          title="No runs are chosen"
          actions={
            <Link to="/$entity/$project/runs" params={{ entity, project }} className={buttonClass('main')}>
              Choose runs
            </Link>
          }
        >
          Select two or more runs in the table of runs to see them side by side.
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page narrow>
      <h1>{countOf(runs.length, 'run')}</h1>
      <ul>
        {runs.map((run) => (
          <li key={run}>
            <Link to="/$entity/$project/runs/$run" params={{ entity, project, run }}>
              {run}
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
