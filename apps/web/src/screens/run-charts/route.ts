import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { runRoute } from '../../app/run-route.ts';

export const runChartsRoute = createRoute({
  getParentRoute: () => runRoute,
  path: '/charts',
  component: lazyRouteComponent(() => import('./run-charts-screen.tsx'), 'RunChartsScreen'),
});
