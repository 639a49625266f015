import { letProcessEnd } from './let-process-end.ts';

/**
 * Resolves after `ms`, or at once when the signal is aborted; never rejects. It keeps the process running meanwhile,
 * unless it is told not to.
 */
export function wait(
  ms: number,
  signal?: AbortSignal,
  { holdsProcess = true }: { readonly holdsProcess?: boolean } = {},
): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    if (!holdsProcess) letProcessEnd(timer);
    signal?.addEventListener('abort', done);
  });
}
