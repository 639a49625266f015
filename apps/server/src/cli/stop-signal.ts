const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** Why a server stops: a signal from outside, or a failure that it cannot go on after. */
export type StopReason = { kind: 'signal'; signal: string } | { kind: 'failure'; error: unknown };

/**
 * Waits for the first reason to stop. Later signals are ignored: Ctrl-C reaches us from the terminal and again from `npm`,
 * and the way down has bounds of its own.
 */
export class StopSignal {
  readonly reason: Promise<StopReason>;
  #stop: (reason: StopReason) => void = () => undefined;

  constructor() {
    this.reason = new Promise((resolve) => {
      this.#stop = resolve;
    });
    for (const signal of SIGNALS) process.on(signal, () => this.#stop({ kind: 'signal', signal }));
    for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
      process.on(event, (error: unknown) => this.fail(error));
    }
  }

  /** Asks the server to stop because it cannot go on. */
  fail(error: unknown): void {
    this.#stop({ kind: 'failure', error });
  }
}
