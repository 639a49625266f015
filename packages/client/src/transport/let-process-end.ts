/** Lets the process end while a timer waits: on Node and Bun by the timer, on Deno by its own call, browsers need none. */
export function letProcessEnd(timer: ReturnType<typeof setTimeout>): void {
  const { Deno } = globalThis as { Deno?: { unrefTimer(id: unknown): void } };
  if (typeof timer === 'object') timer.unref();
  else Deno?.unrefTimer(timer);
}
