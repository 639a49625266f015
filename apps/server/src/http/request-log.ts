import type { FastifyBaseLogger } from 'fastify';
import type { Logger } from 'pino';

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/**
 * The log of one request, with what each of its lines says: `log.child(bindings)`, but made when the first line is written, which for most
 * requests is never.
 */
export class RequestLog implements FastifyBaseLogger {
  readonly #log: Logger;
  readonly #bindings: object;
  #child: Logger | undefined;

  constructor(log: Logger, bindings: object) {
    this.#log = log;
    this.#bindings = bindings;
  }

  get level(): string {
    return this.#log.level;
  }

  fatal(...line: unknown[]): void {
    this.#write('fatal', line);
  }

  error(...line: unknown[]): void {
    this.#write('error', line);
  }

  warn(...line: unknown[]): void {
    this.#write('warn', line);
  }

  info(...line: unknown[]): void {
    this.#write('info', line);
  }

  debug(...line: unknown[]): void {
    this.#write('debug', line);
  }

  trace(...line: unknown[]): void {
    this.#write('trace', line);
  }

  silent(): void {}

  child(...options: Parameters<FastifyBaseLogger['child']>): FastifyBaseLogger {
    return this.#made().child(...options);
  }

  #write(level: Level, line: unknown[]): void {
    if (this.#log.isLevelEnabled(level)) Reflect.apply(this.#made()[level], this.#child, line);
  }

  #made(): Logger {
    this.#child ??= this.#log.child(this.#bindings);
    return this.#child;
  }
}
