import type { TestProject } from 'vitest/node';
import { startTestServer } from './test-server.ts';

/** Runs once per vitest run, before the first test file: one Postgres for all of them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { adminUrl, template, stop } = await startTestServer();
  project.provide('testServer', { adminUrl, template });
  return stop;
}
