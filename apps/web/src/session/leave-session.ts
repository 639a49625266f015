import { failureText } from '../api/failure.ts';
import { queryClient } from '../api/query-client.ts';
import { toast } from '../ui/toast-store.ts';
import { signOut } from './session.ts';

/** Signs out and forgets everything that was read. Says so when the server does not answer, for then the session holds on. */
export async function leaveSession(): Promise<void> {
  try {
    await signOut();
  } catch (error) {
    toast({ text: `You are still signed in. ${failureText(error)}` });
    throw error;
  }
  queryClient.clear();
}
