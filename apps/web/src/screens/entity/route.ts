import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.tsx';

export const entityRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/$entity',
  component: lazyRouteComponent(() => import('./entity-screen.tsx'), 'EntityScreen'),
});
