import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { found } from '../../api/failure.ts';
import { apiQuery } from '../../api/query.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { QueryPart } from '../../app/query-part.tsx';
import { ProjectSettingsDocument } from '../../generated/graphql.ts';
import { Fact, Facts, Page } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/time.tsx';

const route = getRouteApi('/$entity/$project/settings');

/** What a project is, and who may see it. */
export function ProjectSettingsScreen() {
  const { entity, project } = route.useParams();
  usePageTitle('Settings', project);
  const options = apiQuery(['project', entity, project, 'settings'], ProjectSettingsDocument, { entity, project });
  const query = useQuery({ ...options, select: (data) => found(data.project, `project "${project}"`) });
  return (
    <Page narrow>
      <h1 className="visually-hidden">Settings of {project}</h1>
      <QueryPart query={query}>
        {(data) => (
          <Facts>
            <Fact name="Name">{data.name}</Fact>
            <Fact name="Description">{data.description || 'none'}</Fact>
            <Fact name="Visibility">{data.visibility.toLowerCase()}</Fact>
            <Fact name="Made">
              <RelativeTime at={data.createdAt} />
            </Fact>
          </Facts>
        )}
      </QueryPart>
    </Page>
  );
}
