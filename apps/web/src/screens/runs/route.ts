import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from '../../app/project-route.ts';
import { validateRunsSearch } from './runs-view.ts';

export const runsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/runs',
  validateSearch: validateRunsSearch,
  component: lazyRouteComponent(() => import('./runs-screen.tsx'), 'RunsScreen'),
});
