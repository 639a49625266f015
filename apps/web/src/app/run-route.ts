import { createRoute } from '@tanstack/react-router';
import { projectRoute } from './project-route.ts';
import { RunLayout } from './run-layout.tsx';

/** A run with its tabs; its screens are the children. */
export const runRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/runs/$run',
  component: RunLayout,
});
