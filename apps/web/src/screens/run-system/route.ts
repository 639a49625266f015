import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { runRoute } from '../../app/run-route.ts';

export const runSystemRoute = createRoute({
  getParentRoute: () => runRoute,
  path: '/system',
  component: lazyRouteComponent(() => import('./run-system-screen.tsx'), 'RunSystemScreen'),
});
