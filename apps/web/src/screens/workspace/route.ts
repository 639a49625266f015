import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from '../../app/project-route.ts';
import { parseWorkspaceSearch } from './workspace-search.ts';

export const workspaceRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/',
  validateSearch: parseWorkspaceSearch,
  component: lazyRouteComponent(() => import('./workspace-screen.tsx'), 'WorkspaceScreen'),
});
