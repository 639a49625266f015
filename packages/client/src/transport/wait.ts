import { letProcessEnd } from './let-process-end.ts';

/** A wait that may be cut short. */
export interface Pause {
  /** Resolves when it is over; never rejects. */
  readonly over: Promise<void>;
  /** Ends it now. */
  end(): void;
}

/** Begins a pause of `ms`. It keeps the process running meanwhile, unless it is told not to. */
export function startPause(ms: number, { holdsProcess = true }: { readonly holdsProcess?: boolean } = {}): Pause {
  let end = () => {};
  const over = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    if (!holdsProcess) letProcessEnd(timer);
    end = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  return { over, end };
}

/** Resolves after `ms`, or at once when the signal is aborted; never rejects. */
export async function wait(
  ms: number,
  signal?: AbortSignal,
  options?: { readonly holdsProcess?: boolean },
): Promise<void> {
  if (signal?.aborted) return;
  const pause = startPause(ms, options);
  signal?.addEventListener('abort', pause.end);
  await pause.over;
  signal?.removeEventListener('abort', pause.end);
}
