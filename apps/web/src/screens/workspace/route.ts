import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from '../../app/project-route.ts';

/** What of the workspace is shown. */
export interface WorkspaceSearch {
  /** Only charts whose key contains this. */
  readonly charts?: string;
}

export const workspaceRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/',
  validateSearch: (search): WorkspaceSearch =>
    typeof search.charts === 'string' && search.charts !== '' ? { charts: search.charts } : {},
  component: lazyRouteComponent(() => import('./workspace-screen.tsx'), 'WorkspaceScreen'),
});
