import { createRoute } from '@tanstack/react-router';
import { ProjectLayout } from './project-layout.tsx';
import { rootRoute } from './root-route.tsx';

/** A project with its tabs; its screens are the children. */
export const projectRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/$entity/$project',
  component: ProjectLayout,
});
