import type { TestProject } from 'vitest/node';
import { startSumma } from '../../support/summa-process.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** One server for all tests; each logs into a project of its own. */
    server: { readonly url: string; readonly apiKey: string };
  }
}

/** Starts the server that the tests share. */
export default async function shareServer({ provide }: TestProject): Promise<() => Promise<void>> {
  const server = await startSumma();
  provide('server', { url: server.url, apiKey: server.apiKey });
  return () => server[Symbol.asyncDispose]();
}
