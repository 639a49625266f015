import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { found } from '../../api/failure.ts';
import { apiQuery } from '../../api/query.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { QueryPart } from '../../app/query-part.tsx';
import { RunsPageDocument } from '../../generated/graphql.ts';
import { useLive } from '../../live/live.ts';
import { RunStateDot } from '../../runs/run-state.tsx';
import { NumberText } from '../../ui/number-text.tsx';
import { Page, PlainTable } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/time.tsx';

const route = getRouteApi('/$entity/$project/runs');
const EVERY_MS = 5_000;

/** The newest runs of a project. */
export function RunsScreen() {
  const { entity, project } = route.useParams();
  usePageTitle('Runs', project);
  const options = apiQuery(['project', entity, project, 'runs'], RunsPageDocument, { entity, project });
  const query = useQuery({ ...options, select: (data) => found(data.project, `project "${project}"`) });
  useLive(options.queryKey, EVERY_MS);
  return (
    <Page>
      <h1 className="visually-hidden">Runs of {project}</h1>
      <QueryPart query={query}>
        {({ runs }) => (
          <PlainTable caption="Runs">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">State</th>
                <th scope="col">Started</th>
                <th scope="col">Last step</th>
              </tr>
            </thead>
            <tbody>
              {runs.nodes.map((run) => (
                <tr key={run.id}>
                  <td>
                    <Link to="/$entity/$project/runs/$run" params={{ entity, project, run: run.name }}>
                      {run.displayName}
                    </Link>
                  </td>
                  <td>
                    <RunStateDot state={run.state} />
                  </td>
                  <td>
                    <RelativeTime at={run.startedAt} />
                  </td>
                  <td>
                    <NumberText value={run.lastStep} />
                  </td>
                </tr>
              ))}
            </tbody>
          </PlainTable>
        )}
      </QueryPart>
    </Page>
  );
}
