import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { runRoute } from '../../app/run-route.ts';
import { parseChartSearch } from '../../metric-charts/chart-search.ts';

export const runChartsRoute = createRoute({
  getParentRoute: () => runRoute,
  path: '/charts',
  validateSearch: parseChartSearch,
  component: lazyRouteComponent(() => import('./run-charts-screen.tsx'), 'RunChartsScreen'),
});
