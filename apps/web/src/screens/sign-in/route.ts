import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.tsx';

/** Where to go afterwards, and why one is here. */
export interface SignInSearch {
  readonly return?: string;
  /** `link-ended`: the link to sign in was used before, or is too old. */
  readonly reason?: 'link-ended';
}

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search): SignInSearch => ({
    ...(typeof search.return === 'string' && { return: search.return }),
    ...(search.reason === 'link-ended' && { reason: 'link-ended' }),
  }),
  component: lazyRouteComponent(() => import('./sign-in-screen.tsx'), 'SignInScreen'),
});
