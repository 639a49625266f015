import { getRouteApi } from '@tanstack/react-router';

const route = getRouteApi('/$entity/$project/runs');

/** Which project the table is of. */
export function useProjectParams(): { readonly entity: string; readonly project: string } {
  return route.useParams();
}
