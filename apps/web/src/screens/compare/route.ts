import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from '../../app/project-route.ts';

/** The runs that are compared, by name and in this order. */
export interface CompareSearch {
  readonly runs?: readonly string[];
}

export const compareRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/compare',
  validateSearch: (search): CompareSearch => {
    const names = typeof search.runs === 'string' ? search.runs.split(',') : search.runs;
    const runs = Array.isArray(names) ? names.filter((name) => typeof name === 'string' && name !== '') : [];
    return runs.length === 0 ? {} : { runs };
  },
  component: lazyRouteComponent(() => import('./compare-screen.tsx'), 'CompareScreen'),
});
