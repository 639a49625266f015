import { createRootRoute, redirect } from '@tanstack/react-router';
import { failureKind } from '../api/failure.ts';
import { queryClient } from '../api/query-client.ts';
import { viewerQuery } from '../session/viewer-query.ts';
import { Frame } from './frame.tsx';
import { NoSuchPage, ScreenFailure } from './screen-failure.tsx';

const SIGN_IN = '/sign-in';

/** Everything stands in the frame but the screen to sign in, which leads back to where one wanted to go. */
export const rootRoute = createRootRoute({
  component: Frame,
  errorComponent: ScreenFailure,
  notFoundComponent: NoSuchPage,
  async beforeLoad({ location }) {
    if (location.pathname === SIGN_IN) return;
    try {
      await queryClient.ensureQueryData(viewerQuery);
    } catch (error) {
      if (failureKind(error) !== 'signed-out') throw error;
      throw redirect({ to: SIGN_IN, search: { return: location.href } });
    }
  },
});
