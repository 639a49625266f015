import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ask, type GraphqlAnswer, must } from '../support/graphql.ts';
import type { SummaProcess } from '../support/summa-process.ts';

const START = 'mutation ($project: String!) { startRun(input: { project: $project }) { run { id } } }';
const CREATE = 'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { upload { id url } } }';
const COMPLETE = 'mutation ($id: ID!) { completeUpload(input: { uploadId: $id }) { file { sha256 url } } }';

/** Starts a run to put files into. @returns its id */
export async function startRun(summa: SummaProcess): Promise<string> {
  return (await must(summa, START, { project: 'tensors' })).startRun.run.id;
}

/** A file that was uploaded. */
export interface UploadedFile {
  readonly sha256: string;
  readonly url: string;
}

/** Uploads a file of a run. */
export async function upload(summa: SummaProcess, runId: string, path: string, bytes: Buffer): Promise<UploadedFile> {
  const { createUpload } = await must(summa, CREATE, { input: { runId, path, size: bytes.length } });
  const sent = await fetch(createUpload.upload.url, { method: 'PUT', body: new Uint8Array(bytes) });
  if (!sent.ok) throw new Error(`${path}: ${sent.status} ${await sent.text()}`);
  return (await must(summa, COMPLETE, { id: createUpload.upload.id })).completeUpload.file;
}

/** Asks for fields of a file. */
export function askFile(summa: SummaProcess, runId: string, path: string, selection: string): Promise<GraphqlAnswer> {
  const query = `query ($id: ID!, $path: String!) { node(id: $id) { ... on Run { file(path: $path) { ${selection} } } } }`;
  return ask(summa, query, { id: runId, path });
}

/** The SHA-256 of bytes, in lower-case hex. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The most memory that a process has had at once, in MiB, as Linux counts it. */
export async function peakMemoryMiB({ pid }: SummaProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
