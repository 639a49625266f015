import { useQuery } from '@tanstack/react-query';
import { apiQuery } from '../../api/query.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { QueryPart } from '../../app/query-part.tsx';
import { SettingsKeysDocument } from '../../generated/graphql.ts';
import { Missing } from '../../ui/number-text.tsx';
import { Page, PlainTable } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/time.tsx';

/** The viewer's API keys. */
export function SettingsScreen() {
  usePageTitle('Settings');
  const query = useQuery(apiQuery(['settings', 'keys'], SettingsKeysDocument, {}));
  return (
    <Page narrow>
      <h1>API keys</h1>
      <QueryPart query={query}>
        {({ viewer }) => (
          <PlainTable caption="API keys">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Scopes</th>
                <th scope="col">Made</th>
                <th scope="col">Last used</th>
              </tr>
            </thead>
            <tbody>
              {viewer.apiKeys.map((key) => (
                <tr key={key.id}>
                  <td>{key.name}</td>
                  <td>{key.scopes.join(', ').toLowerCase()}</td>
                  <td>
                    <RelativeTime at={key.createdAt} />
                  </td>
                  <td>{key.lastUsedAt === null ? <Missing /> : <RelativeTime at={key.lastUsedAt} />}</td>
                </tr>
              ))}
            </tbody>
          </PlainTable>
        )}
      </QueryPart>
    </Page>
  );
}
