import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { found } from '../../api/failure.ts';
import { apiQuery } from '../../api/query.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { QueryPart } from '../../app/query-part.tsx';
import { LogSnippets } from '../../first-run/log-snippets.tsx';
import { ProjectSettingsDocument } from '../../generated/graphql.ts';
import { Fact, Facts, Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { DeleteSection } from './delete-section.tsx';
import { DescriptionForm } from './description-form.tsx';
import { VisibilityForm } from './visibility-form.tsx';

const route = getRouteApi('/$entity/$project/settings');

/** What a project is, who may see it, how to log into it, and its end. */
export function ProjectSettingsScreen() {
  const { entity, project } = route.useParams();
  usePageTitle('Settings', project);
  const options = apiQuery(['project', entity, project, 'settings'], ProjectSettingsDocument, { entity, project });
  const query = useQuery({ ...options, select: (data) => found(data.project, `project "${project}"`) });
  return (
    <Page narrow>
      <h1 className="visually-hidden">Settings of {project}</h1>
      <QueryPart query={query}>
        {(data) => {
          const isOwner = data.entity.viewerRole === 'OWNER';
          return (
            <>
              <Section id="about" title="About">
                {isOwner ? (
                  <DescriptionForm key={data.description} project={data} queryKey={options.queryKey} />
                ) : (
                  <p>{data.description || 'Nobody has said what this project is about.'}</p>
                )}
                <Facts>
                  <Fact name="Name">{data.name}</Fact>
                  <Fact name="Belongs to">{entity}</Fact>
                  <Fact name="Made">
                    <RelativeTime at={data.createdAt} />
                  </Fact>
                </Facts>
              </Section>
              <Section id="visibility" title="Visibility">
                <VisibilityForm project={data} isOwner={isOwner} queryKey={options.queryKey} />
              </Section>
              {!data.readOnly && (
                <Section id="log" title="Log into this project" description="Run this beside your training code.">
                  <LogSnippets entity={entity} project={data.name} />
                </Section>
              )}
              {isOwner && <DeleteSection project={data} entity={entity} />}
            </>
          );
        }}
      </QueryPart>
    </Page>
  );
}
