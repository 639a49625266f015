import { useSuspenseQuery } from '@tanstack/react-query';
import { apiQuery } from '../api/query.ts';
import { AppViewerDocument, type AppViewerQuery } from '../generated/graphql.ts';

/** Who is signed in, with the entities where projects may be. */
export type AppViewer = AppViewerQuery['viewer'];

/** Who is signed in. The root route has it loaded before any screen is shown. */
export const viewerQuery = { ...apiQuery(['viewer'], AppViewerDocument, {}), staleTime: 60_000 };

/** Who is signed in; on every screen but the one to sign in. */
export function useViewer(): AppViewer {
  return useSuspenseQuery(viewerQuery).data.viewer;
}
