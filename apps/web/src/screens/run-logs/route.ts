import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { runRoute } from '../../app/run-route.ts';
import { type LogSearch, readLogSearch } from './log-search.ts';

export const runLogsRoute = createRoute({
  getParentRoute: () => runRoute,
  path: '/logs',
  validateSearch: (search): LogSearch => readLogSearch(search),
  component: lazyRouteComponent(() => import('./run-logs-screen.tsx'), 'RunLogsScreen'),
});
