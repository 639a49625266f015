import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.tsx';

/** Which projects of an entity are seen. */
export interface EntitySearch {
  /** Only projects whose name contains this. */
  readonly q?: string;
  /** The page after this cursor. */
  readonly after?: string;
  /** The page before this cursor. */
  readonly before?: string;
}

export const entityRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/$entity',
  validateSearch: ({ q, after, before }): EntitySearch => {
    if (typeof q === 'string' && q !== '') return { q };
    if (typeof after === 'string') return { after };
    return typeof before === 'string' ? { before } : {};
  },
  component: lazyRouteComponent(() => import('./entity-screen.tsx'), 'EntityScreen'),
});
