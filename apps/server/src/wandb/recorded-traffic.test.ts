import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { formatJson } from '@summa/core/json/format-json';
import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';
import { parseJson } from '@summa/core/json/parse-json';
import { parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { wandbSchema } from './schema/schema.ts';

// What the client 0.31.0 sent to a server: every document that it has for what the door speaks, and all requests but uploads of a
// run of twelve rows that was resumed for four more. Keys, names of the machine and paths are not in them.
interface RecordedDocument {
  readonly name: string;
  readonly operationName: string | null;
  readonly text: string;
}
interface RecordedRequest {
  readonly path: string;
  readonly body: JsonObject;
}

const read = async (name: string) => parseJson(await readFile(new URL(`testing/${name}`, import.meta.url), 'utf8'));
// Both were written in these shapes.
const documents = (await read('client-documents.json')) as unknown as {
  spoken: RecordedDocument[];
  notSpoken: RecordedDocument[];
};
const { requests } = (await read('recorded-run.json')) as unknown as { requests: RecordedRequest[] };

const RUN = `query ($project: String!) { run(entity: "admin", project: $project, name: "recorded") {
  displayName state exitCode tags config lastStep history { rowCount }
  summary { document loss: metric(key: "loss") { count min max mean first last } odd: metric(key: "odd") { count nanCount mean }
    acc: metric(key: "val/acc") { count max } } } }`;

describe('what the W&B client sent', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi({ env: { SUMMA_STATEMENT_TIMEOUT_MS: '500' } });
  });
  afterAll(() => api.close());

  async function send(path: string, body: JsonValue, { gzip = false } = {}) {
    const text = formatJson(body);
    const response = await fetch(`${api.url}/wandb${path}`, {
      method: 'POST',
      body: gzip ? gzipSync(text) : text,
      headers: {
        authorization: `Basic ${Buffer.from(`api:${api.admin.key}`).toString('base64')}`,
        'content-type': 'application/json',
        ...(gzip && { 'content-encoding': 'gzip' }),
      },
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  /** Sends everything into a project of its own; `vary` says in which requests of the file stream a recorded one is sent. */
  async function replay(project: string, vary: (body: JsonObject) => JsonObject[], { times = 1, gzip = false } = {}) {
    let id = '';
    for (const { path, body } of requests) {
      const isStream = path.endsWith('/file_stream');
      const place = (value: JsonValue): JsonValue => (value === 'recorded' ? project : value);
      const bodies = isStream ? vary(body) : [{ ...body, variables: variablesOf(body, place, id) }];
      for (const each of bodies.flatMap((one) => Array.from({ length: times }, () => one))) {
        const url = path.replace('/admin/recorded/', `/admin/${project}/`);
        const answer = await send(url, each, { gzip: gzip && isStream });
        expect({ path, status: answer.status, errors: answer.body.errors }).toEqual({ path, status: 200 });
        id = answer.body.data?.upsertBucket?.bucket.id ?? answer.body.data?.model?.bucket?.id ?? id;
      }
    }
    return (await api.ask(RUN, { project })).data.run;
  }

  const sum = Array.from({ length: 12 }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b, 0) + 100 + 101 + 102 + 103;
  /** By what the recorded script logged: loss 1/(step+1) and then 100 … 103, odd NaN at every third step and else the step, acc 2·step. */
  function expectRun(run: { summary: { loss: { mean: number }; odd: { mean: number } } }) {
    expect(run).toMatchObject({
      displayName: 'a recorded run',
      state: 'FAILED',
      exitCode: 3,
      tags: ['kept'],
      config: { lr: 0.1, inf: 'Infinity' },
      lastStep: 15,
      history: { rowCount: 16 },
      summary: {
        document: { best: 0.5, epoch: 2, n: { p: 11 }, é: 'text', 'val/acc': { max: 22 } },
        loss: { count: 16, min: 1 / 12, max: 103, first: 1, last: 103 },
        odd: { count: 12, nanCount: 4 },
        acc: { count: 12, max: 22 },
      },
    });
    expect(run.summary.loss.mean).toBeCloseTo(sum / 16, 12);
    // 1 + 2 + 4 + 5 + 7 + 8 + 10 + 11 is 48.
    expect(run.summary.odd.mean).toBe(6);
  }

  it('is a run with all that was logged', async () => {
    expectRun(await replay('as-it-was', (body) => [body]));
  });

  it('is the same run when every request is sent three times', async () => {
    expectRun(await replay('thrice', (body) => [body], { times: 3 }));
  });

  it('is the same run when it arrives line by line, the last line first', async () => {
    expectRun(await replay('backwards', (body) => [...lines(body).reverse(), rest(body)]));
  });

  it('is the same run when a part arrives, then the half of it again, then the whole, packed', async () => {
    const vary = (body: JsonObject) => [firstHalf(body), lastHalf(body), body];
    expectRun(await replay('halves', vary, { times: 2, gzip: true }));
  });

  it('is not lost when the server is busy: it says when to send again, and then counts once', async () => {
    const { pool } = api.services.database;
    await replay('busy', (body) => [body]);
    const blocker = await pool.connect();
    await blocker.query('BEGIN');
    await blocker.query('LOCK TABLE run_summary IN ACCESS EXCLUSIVE MODE');
    const path = '/files/admin/busy/recorded/file_stream';
    const more = { files: { 'wandb-history.jsonl': { offset: 16, content: ['{"loss":7,"_step":16}'] } } };
    const refused = await send(path, more);
    await blocker.query('ROLLBACK');
    blocker.release();
    expect({ status: refused.status, after: refused.headers.get('retry-after') }).toEqual({ status: 503, after: '1' });
    for (let i = 0; i < 2; i++) expect((await send(path, more)).status).toBe(200);
    const { run } = (await api.ask(RUN, { project: 'busy' })).data;
    expect(run).toMatchObject({ lastStep: 16, history: { rowCount: 17 }, summary: { loss: { count: 17, last: 7 } } });
  });

  it.each(documents.spoken)('is valid: the document $name', ({ text }) => {
    expect(validate(wandbSchema, parse(text))).toEqual([]);
  });

  it.each(documents.notSpoken)('is refused in a way that the client goes on from: $name', async ({ text, ...body }) => {
    const answer = await send('/graphql', { query: text, operationName: body.operationName, variables: null });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ data: null, errors: [{ message: expect.stringContaining(body.name) }] });
  });

  it('is answered without an operation name, with unknown variables and with none', async () => {
    const viewer = documents.spoken.find(({ name }) => name === 'GetViewer')?.text ?? '';
    for (const extra of [
      { operationName: '', variables: null },
      { operationName: '', variables: { deleteArtifacts: true, entity: 'x' } },
      { operationName: null },
      {},
    ]) {
      expect((await send('/graphql', { query: viewer, ...extra })).body.data.viewer.username).toBe('admin');
    }
  });
});

function variablesOf({ variables }: JsonObject, place: (value: JsonValue) => JsonValue, id: string): JsonValue {
  if (!isJsonObject(variables ?? null)) return null;
  const entries = Object.entries(variables as JsonObject).map(([name, value]) => {
    if (name === 'id' && value !== null) return [name, id];
    return [name, name === 'project' || name === 'projectName' ? place(value) : value];
  });
  return Object.fromEntries(entries);
}

interface Streamed {
  readonly [file: string]: { readonly offset: number; readonly content: readonly string[] };
}

function filesOf(body: JsonObject): Streamed {
  return (body.files ?? {}) as unknown as Streamed; // what the recorded requests hold
}

/** One request for each line but the summary. */
function lines(body: JsonObject): JsonObject[] {
  return Object.entries(filesOf(body))
    .filter(([file]) => file !== 'wandb-summary.json')
    .flatMap(([file, { offset, content }]) =>
      content.map((line, i) => ({ files: { [file]: { offset: offset + i, content: [line] } } })),
    );
}

/** The summary and what is said of the end. */
function rest({ files: _, ...body }: JsonObject): JsonObject {
  const summary = filesOf({ files: _ ?? {} })['wandb-summary.json'];
  return {
    ...body,
    ...(summary && { files: { 'wandb-summary.json': { ...summary, content: [...summary.content] } } }),
  };
}

function firstHalf(body: JsonObject): JsonObject {
  return half(body, (count) => [0, Math.ceil(count / 2)]);
}

function lastHalf(body: JsonObject): JsonObject {
  return half(body, (count) => [Math.floor(count / 4), count]);
}

function half(body: JsonObject, part: (count: number) => readonly [number, number]): JsonObject {
  const entries = Object.entries(filesOf(body)).map(([file, { offset, content }]) => {
    const [from, to] = part(content.length);
    return [file, { offset: offset + from, content: content.slice(from, to) }];
  });
  return { files: Object.fromEntries(entries) };
}
