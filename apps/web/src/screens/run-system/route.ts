import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { runRoute } from '../../app/run-route.ts';

/** What of the machine is shown. */
export interface SystemSearch {
  /** Only charts whose name holds this. */
  readonly q?: string;
}

export const runSystemRoute = createRoute({
  getParentRoute: () => runRoute,
  path: '/system',
  validateSearch: ({ q }): SystemSearch => (typeof q === 'string' && q !== '' ? { q } : {}),
  component: lazyRouteComponent(() => import('./run-system-screen.tsx'), 'RunSystemScreen'),
});
