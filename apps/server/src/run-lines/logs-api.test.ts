import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRunId } from '../graphql/node-id.ts';
import { LIMITS } from '../limits.ts';
import { recordStatements } from '../testing/record-statements.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { consoleLineToJson, consoleStreamOf } from './console-line.ts';
import { putLines } from './run-lines.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

interface GivenLine {
  readonly text: string;
  readonly level?: string;
  readonly time?: string;
  readonly label?: string;
}

async function send(runId: string, offset: number, lines: readonly GivenLine[], source?: string) {
  const { data, errors } = await api.ask(
    'mutation ($input: LogLinesInput!) { logLines(input: $input) { lineCount } }',
    { input: { runId, offset, lines, source } },
  );
  return errors
    ? `${errors[0]?.extensions.code} ${errors[0]?.extensions.argumentPath?.join('.')}`
    : data.logLines.lineCount;
}

async function logs(runId: string, args: string, selection = 'nodes { number }') {
  const { data, errors } = await api.ask(
    `query ($id: ID!) { node(id: $id) { ... on Run { logs${args && `(${args})`} { ${selection} pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } } }`,
    { id: runId },
  );
  if (errors) throw new Error(errors[0]?.extensions.code);
  return data.node.logs;
}

const numbersOf = (page: { nodes: { number: number }[] }) => page.nodes.map(({ number }) => number);
const texts = (from: number, count: number) => Array.from({ length: count }, (_, i) => ({ text: `line ${from + i}` }));
const from = (start: number, count: number) => Array.from({ length: count }, (_, i) => start + i);

describe('logLines', () => {
  it('keeps lines as they were printed, once however often they are sent', async () => {
    const run = await api.startRun();
    const lines = [
      {
        text: '\u001b[31mred "quoted" \\ é 😀\u001b[0m',
        level: 'ERROR',
        time: '2026-11-25T12:00:00.125Z',
        label: 'rank 1',
      },
      { text: '' },
    ];
    expect(await send(run.id, 0, lines)).toBe(2);
    expect(await send(run.id, 0, lines)).toBe(2);
    expect(
      await send(run.id, 1, [
        { text: 'second', level: 'WARN' },
        { text: 'third', level: 'DEBUG' },
      ]),
    ).toBe(3);
    const page = await logs(
      run.id,
      '',
      'lineCount nodes { number time timestamp level label text } edges { node { number } }',
    );
    expect([page.lineCount, page.nodes, page.edges[2].node.number]).toEqual([
      3,
      [
        // date -u -d 2026-11-25T12:00:00Z +%s
        { number: 0, ...lines[0], timestamp: 1795608000.125 },
        { number: 1, text: 'second', level: 'WARN', label: '', time: null, timestamp: null },
        { number: 2, text: 'third', level: 'DEBUG', label: '', time: null, timestamp: null },
      ],
      2,
    ]);
  });

  it('refuses lines whose forerunners are missing, too many, and too long ones', async () => {
    const run = await api.startRun();
    expect(await send(run.id, 1, texts(1, 1))).toBe('OFFSET_GAP input.offset');
    expect(await send(run.id, 0, texts(0, LIMITS.linesAtOnce + 1))).toBe('LIST_TOO_LONG input.lines');
    expect(await send(run.id, 0, [{ text: 'x'.repeat(LIMITS.line + 1) }])).toBe('TEXT_TOO_LONG input.lines.0.text');
    expect(await send(run.id, 0, [{ text: 'x', label: 'x'.repeat(129) }])).toBe('TEXT_TOO_LONG input.lines.0.label');
    expect(await send(run.id, 0, texts(0, 1), 'x'.repeat(129))).toBe('TEXT_TOO_LONG input.source');
    expect(await send(run.id, 0, [])).toBe(0);
  });

  it('works after the end of a run, for the last lines come last', async () => {
    const run = await api.startRun();
    await api.ask('mutation ($id: ID!) { finishRun(input: { runId: $id }) { run { id } } }', { id: run.id });
    expect(await send(run.id, 0, texts(0, 1))).toBe(1);
  });
});

describe('Run.logs', () => {
  it('is paged both ways by the numbers of the lines, with the newest by `last` alone', async () => {
    const run = await api.startRun();
    await send(run.id, 0, texts(0, 700));
    expect(numbersOf(await logs(run.id, ''))).toEqual(from(0, 50));
    const tail = await logs(run.id, 'last: 300');
    expect(numbersOf(tail)).toEqual(from(400, 300));
    expect(tail.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const before = await logs(run.id, `last: 500, before: "${tail.pageInfo.startCursor}"`);
    expect(numbersOf(before)).toEqual(from(0, 400));
    expect(before.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const after = await logs(run.id, `first: 200, after: "${before.pageInfo.endCursor}"`);
    expect(numbersOf(after)).toEqual(from(400, 200));
    expect(after.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    expect(numbersOf(await logs(run.id, 'filter: { from: 255, to: 257 }'))).toEqual([255, 256, 257]);
    expect(numbersOf(await logs(run.id, 'last: 2, filter: { to: 256 }'))).toEqual([255, 256]);
    expect(numbersOf(await logs(run.id, 'filter: { from: 700 }'))).toEqual([]);
    expect(numbersOf(await logs(run.id, 'first: 0'))).toEqual([]);
  });

  it('finds lines by level and by what they hold, A to Z in either case, and nothing that stands beside the text', async () => {
    const run = await api.startRun();
    const odd = [
      'say "Info"',
      'back\\slash',
      'tab\there',
      'a.c',
      '[x]$^*+?(){}|',
      'ÄRGER',
      'nul\u0001',
      'abc',
      'error 17',
    ];
    const lines = odd.map((text, i) => ({
      text,
      level: i % 2 === 0 ? 'INFO' : 'ERROR',
      label: 'label',
      time: '2017-01-01T00:00:00Z',
    }));
    await send(run.id, 0, lines);
    const find = async (filter: string) =>
      (await logs(run.id, `filter: { ${filter} }`, 'nodes { text }')).nodes.map(({ text }: GivenLine) => text);
    for (const text of odd) expect(await find(`contains: ${JSON.stringify(text)}`)).toContain(text);
    expect(await find('contains: "INFO"')).toEqual(['say "Info"']);
    expect(await find('contains: "a.c"')).toEqual(['a.c']);
    expect(await find('contains: "label"')).toEqual([]);
    expect(await find('contains: "here"')).toEqual(['tab\there']);
    expect(await find('contains: "there"')).toEqual([]);
    expect(await find('contains: "Ärger"')).toEqual(['ÄRGER']);
    expect(await find('contains: "ärger"')).toEqual([]);
    expect(await find('levels: [ERROR], contains: "a"')).toEqual(['back\\slash', 'a.c', 'abc']);
    expect(await find('levels: [WARN]')).toEqual([]);
    expect(await find('levels: []')).toEqual([]);
    expect(await find('levels: [INFO, ERROR]')).toEqual(odd);
  });

  it('pages what it finds far apart, both ways, in a few statements', async () => {
    const run = await api.startRun();
    const ref = parseRunId(run.id);
    const found: number[] = [];
    const lines = from(0, 256 * 200).map((number) => {
      const isNeedle = number % 5000 === 17;
      if (isNeedle) found.push(number);
      const line = { time: 17, level: 'info', label: 'needle', text: isNeedle ? 'a NEEDLE' : `hay ${number}` } as const;
      return [number, consoleLineToJson(line)] as const;
    });
    await putLines(api.services, { ...ref, stream: consoleStreamOf('') }, new Map(lines));
    const statements = await recordStatements(api.services.database.pool, async () => {
      expect(numbersOf(await logs(run.id, 'first: 100, filter: { contains: "needle" }'))).toEqual(found);
    });
    expect(statements.filter((name) => /Line|Streams/.test(name))).toEqual(['findStreams', 'walkLineChunks']);
    const last = await logs(run.id, 'last: 3, filter: { contains: "needle" }');
    expect(numbersOf(last)).toEqual(found.slice(-3));
    const before = await logs(
      run.id,
      `last: 3, before: "${last.pageInfo.startCursor}", filter: { contains: "needle" }`,
    );
    expect(numbersOf(before)).toEqual(found.slice(-6, -3));
    expect(numbersOf(await logs(run.id, 'first: 1000'))).toEqual(from(0, 1000));
  });

  it('leaves out lines that have not come', async () => {
    const run = await api.startRun();
    const line = consoleLineToJson({ time: null, level: 'info', label: '', text: 'there' });
    const there = [3, 4, 256 * 300, 256 * 900 + 7];
    const stream = { ...parseRunId(run.id), stream: consoleStreamOf('') };
    await putLines(api.services, stream, new Map(there.map((number) => [number, line])));
    const page = await logs(run.id, '', 'lineCount nodes { number }');
    expect([page.lineCount, numbersOf(page)]).toEqual([256 * 900 + 8, there]);
    expect(numbersOf(await logs(run.id, 'last: 3'))).toEqual(there.slice(1));
  });

  it('gives fewer lines than asked for where these would be too many bytes, and goes on after them', async () => {
    const run = await api.startRun();
    const line = consoleLineToJson({ time: null, level: 'info', label: '', text: 'x'.repeat(LIMITS.line) });
    const stream = { ...parseRunId(run.id), stream: consoleStreamOf('') };
    for (const chunk of [0, 1]) {
      await putLines(api.services, stream, new Map(from(chunk * 256, 200).map((number) => [number, line])));
    }
    const page = await logs(run.id, 'first: 1000');
    expect(numbersOf(page)).toEqual(from(0, 200));
    expect(page.pageInfo.hasNextPage).toBe(true);
    const next = await logs(run.id, `first: 1000, after: "${page.pageInfo.endCursor}", filter: { from: 256 }`);
    expect(numbersOf(next)).toEqual(from(256, 200));
    await putLines(api.services, stream, new Map(from(200, 56).map((number) => [number, line])));
    await putLines(
      api.services,
      { ...stream, stream: consoleStreamOf('wide') },
      new Map(from(0, 256).map((n) => [n, `${'x'.repeat(LIMITS.line * 2)}`])),
    );
    await expect(logs(run.id, 'source: "wide"')).rejects.toThrow('RESPONSE_TOO_LARGE');
  });
});

describe('several processes of a run', () => {
  it('each have their lines, and the first of them is shown when none is named', async () => {
    const run = await api.startRun();
    await send(run.id, 0, texts(0, 2), 'rank-1');
    await send(run.id, 0, texts(0, 3), 'rank-0');
    const sources = async () =>
      (
        await api.ask('query ($id: ID!) { node(id: $id) { ... on Run { logSources { name lineCount } } } }', {
          id: run.id,
        })
      ).data.node.logSources;
    const ranks = [
      { name: 'rank-0', lineCount: 3 },
      { name: 'rank-1', lineCount: 2 },
    ];
    expect(await sources()).toEqual(ranks);
    expect((await logs(run.id, '', 'lineCount nodes { number }')).lineCount).toBe(3);
    await send(run.id, 0, texts(0, 1));
    expect(await sources()).toEqual([{ name: '', lineCount: 1 }, ...ranks]);
    expect((await logs(run.id, '', 'lineCount nodes { number }')).lineCount).toBe(1);
    expect(numbersOf(await logs(run.id, 'source: "rank-1"'))).toEqual([0, 1]);
    expect(numbersOf(await logs(run.id, 'source: "nobody"'))).toEqual([]);
  });
});
