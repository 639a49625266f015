import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { TestApi } from './test-api.ts';

/** What an export answered. */
export interface ExportAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The path of the history of a run of the first user. */
export function historyPath(run: string, query = '', project = 'vision'): string {
  return `/api/export/admin/${project}/runs/${encodeURIComponent(run)}/history${query}`;
}

/** Asks for an export and reads all of it, as the first user unless told. */
export async function getExport(
  api: TestApi,
  path: string,
  { key = api.admin.key, method = 'GET' }: { readonly key?: string | null; readonly method?: string } = {},
): Promise<ExportAnswer> {
  const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
  const response = await fetch(`${api.url}${path}`, { method, headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** The code and the message of a refusal. */
export function refusalOf({ status, text }: ExportAnswer): { status: number; code: string; message: string } {
  const [error] = JSON.parse(text).errors;
  return { status, code: error.extensions.code, message: error.message };
}

/** Begins to read an export and stops after its head: what follows waits in the server. */
export function beginExport(api: TestApi, path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${api.admin.key}` };
    httpRequest(`${api.url}${path}`, { headers, agent: false }, resolve).on('error', reject).end();
  });
}

/** Reads the rest of an export. */
export async function readRest(response: IncomingMessage): Promise<string> {
  let text = '';
  response.setEncoding('utf8');
  for await (const part of response) text += part;
  return text;
}
