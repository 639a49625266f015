import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { runRoute } from '../../app/run-route.ts';

export const runFilesRoute = createRoute({
  getParentRoute: () => runRoute,
  path: '/files',
  component: lazyRouteComponent(() => import('./run-files-screen.tsx'), 'RunFilesScreen'),
});
