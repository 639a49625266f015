/** A signal with an end, and the way to call it off. */
export interface Deadline {
  readonly signal: AbortSignal;
  readonly stop: () => void;
}

/**
 * A signal that is aborted after `ms`, or with another one.
 *
 * Unlike `AbortSignal.any` it leaves nothing behind on a signal that outlives many requests.
 */
export function startDeadline(ms: number, other: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  const abort = () => controller.abort();
  if (other?.aborted) abort();
  other?.addEventListener('abort', abort);
  const timer = setTimeout(abort, ms);
  const stop = () => {
    clearTimeout(timer);
    other?.removeEventListener('abort', abort);
  };
  return { signal: controller.signal, stop };
}
