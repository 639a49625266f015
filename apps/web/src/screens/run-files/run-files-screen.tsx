import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Files } from 'lucide-react';
import { found } from '../../api/failure.ts';
import { apiQuery } from '../../api/query.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { QueryPart } from '../../app/query-part.tsx';
import { RunFileListDocument } from '../../generated/graphql.ts';
import { Bytes } from '../../ui/bytes.tsx';
import { Page, PlainTable } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { RelativeTime } from '../../ui/time.tsx';

const route = getRouteApi('/$entity/$project/runs/$run/files');

/** The files of a run. */
export function RunFilesScreen() {
  const params = route.useParams();
  usePageTitle('Files', params.run, params.project);
  const options = apiQuery(['run', ...Object.values(params), 'files'], RunFileListDocument, params);
  const query = useQuery({ ...options, select: (data) => found(data.run, `run "${params.run}"`) });
  return (
    <Page>
      <QueryPart query={query}>
        {({ files }) =>
          files.totalCount === 0 ? (
            <EmptyState icon={<Files aria-hidden />} title="No files">
              What the run uploads is listed here.
            </EmptyState>
          ) : (
            <PlainTable caption="Files">
              <thead>
                <tr>
                  <th scope="col">Path</th>
                  <th scope="col">Size</th>
                  <th scope="col">Changed</th>
                </tr>
              </thead>
              <tbody>
                {files.nodes.map((file) => (
                  <tr key={file.id}>
                    <td>
                      <a href={file.url}>{file.path}</a>
                    </td>
                    <td>
                      <Bytes count={file.size} />
                    </td>
                    <td>
                      <RelativeTime at={file.updatedAt} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </PlainTable>
          )
        }
      </QueryPart>
    </Page>
  );
}
