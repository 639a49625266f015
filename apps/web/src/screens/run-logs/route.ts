import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { runRoute } from '../../app/run-route.ts';

export const runLogsRoute = createRoute({
  getParentRoute: () => runRoute,
  path: '/logs',
  component: lazyRouteComponent(() => import('./run-logs-screen.tsx'), 'RunLogsScreen'),
});
