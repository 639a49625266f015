import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from '../../app/project-route.ts';

export const runsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/runs',
  component: lazyRouteComponent(() => import('./runs-screen.tsx'), 'RunsScreen'),
});
