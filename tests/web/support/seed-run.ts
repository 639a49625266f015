import { createClient, type LiveRun } from '@summa/client';
import { must } from '../../support/graphql.ts';
import type { SummaProcess } from '../../support/summa-process.ts';

const AT_ONCE = 10_000;

/** A run that goes on, in a project of the first user. */
export interface SeededRun {
  readonly entity: string;
  readonly run: LiveRun;
  /** Where the run's screens are: `/<entity>/<project>/runs/<name>`. */
  readonly path: string;
}

/** Starts a run. */
export async function seedRun(server: SummaProcess, project: string, name: string): Promise<SeededRun> {
  const client = createClient({ url: server.url, apiKey: server.apiKey });
  const run = await client.startRun({ project, name });
  const { name: entity } = await client.viewer();
  return { entity, run, path: `/${entity}/${project}/runs/${name}` };
}

/** One line to be printed. */
export interface SeededLine {
  readonly text: string;
  readonly level?: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
  readonly time?: string;
  readonly label?: string;
}

/** Prints lines from the given place on. */
export async function seedLines(
  server: SummaProcess,
  runId: string,
  lines: readonly SeededLine[],
  { offset = 0, source = '' } = {},
): Promise<void> {
  for (let at = 0; at < lines.length; at += AT_ONCE) {
    await must(server, 'mutation ($input: LogLinesInput!) { logLines(input: $input) { lineCount } }', {
      input: { runId, source, offset: offset + at, lines: lines.slice(at, at + AT_ONCE) },
    });
  }
}
