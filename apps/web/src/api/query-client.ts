import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { leaveSignedOut } from '../session/leave-signed-out.ts';
import { failureKind, mayPass } from './failure.ts';

const MOST_TRIES = 3;
const FRESH_MS = 5_000;
const KEPT_MS = 5 * 60_000;

/** The one cache of the page. An answer that says "signed out" leads to the sign-in screen, wherever it was asked for. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: followSignOut }),
  mutationCache: new MutationCache({ onError: followSignOut }),
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < MOST_TRIES - 1 && mayPass(error),
      staleTime: FRESH_MS,
      gcTime: KEPT_MS,
      // What is live is asked for by `live/`, and by nothing else.
      refetchOnWindowFocus: false,
      // A server on this machine is there without a network; whether it answers is found out by asking.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

function followSignOut(error: unknown): void {
  if (failureKind(error) === 'signed-out') leaveSignedOut();
}
