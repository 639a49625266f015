import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compactRun } from '../history/compact-run.ts';
import { LIMITS } from '../limits.ts';
import { getExport, historyPath, refusalOf } from '../testing/export-api.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
let runId: string;

beforeAll(async () => {
  api = await startTestApi();
  runId = (await api.startRun({ name: 'small' })).id;
  await api.post(
    `{"query":"mutation ($input: LogInput!) { log(input: $input) { acceptedRows } }","variables":{"input":{"runId":"${runId}","writer":"w","offset":0,"rows":[
      {"step":0,"timestamp":1750000000.25,"values":{"loss":0.5,"val":{"acc":1e-7,"loss":2},"note":"a \\"b\\", ü"}},
      {"step":2,"timestamp":1750000001,"values":{"loss":"NaN","big":9007199254740993,"huge":1e300,"val":{"acc":-0.0}}},
      {"step":3,"timestamp":1750000002,"values":{}},
      {"step":9,"timestamp":1750000003,"values":{"loss":"-Infinity","ok":true,"list":[1,"x",null],"a.b":7,"hist":{"_type":"histogram","values":[1],"bins":[0,1]}}}]}}}`,
    { authorization: `Bearer ${api.admin.key}` },
  );
});
afterAll(() => api.close());

const NDJSON = [
  '{"_step":0,"_timestamp":1750000000.25,"loss":0.5,"val":{"acc":1e-7,"loss":2},"note":"a \\"b\\", ü"}',
  '{"_step":2,"_timestamp":1750000001,"loss":"NaN","val":{"acc":-0},"big":9007199254740993,"huge":1e+300}',
  '{"_step":3,"_timestamp":1750000002}',
  '{"_step":9,"_timestamp":1750000003,"loss":"-Infinity","ok":true,"list":[1,"x",null],"a.b":7,"hist":{"_type":"histogram","values":[1],"bins":[0,1]}}',
  '',
].join('\n');

describe('a history as NDJSON', () => {
  it('has a line a row, nested as logged, with every number as the API writes it', async () => {
    const answer = await getExport(api, historyPath('small'));
    expect(answer.text).toBe(NDJSON);
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="small.history.ndjson"');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('is the same when the rows have been merged into chunks, and when half of them have', async () => {
    const { id } = await api.startRun({ name: 'merged' });
    const [, projectId, run] = Buffer.from(id, 'base64url').toString().split(':');
    const ref = { projectId: projectId ?? '', runId: run ?? '' };
    const rows = [
      { step: 0, timestamp: 1, values: { a: 1, b: 'x' } },
      { step: 5, timestamp: 2, values: { a: 2 } },
    ];
    const later = [
      { step: 3, timestamp: 3, values: { b: false } },
      { step: 5, timestamp: 4, values: { b: 4 } },
      { step: 0, timestamp: 5, values: { a: 'text' } },
    ];
    const expected = [
      '{"_step":0,"_timestamp":5,"a":"text","b":"x"}\n',
      '{"_step":3,"_timestamp":3,"b":false}\n',
      '{"_step":5,"_timestamp":4,"a":2,"b":4}\n',
    ].join('');
    await api.log(id, rows);
    await compactRun(api.services, ref);
    await api.log(id, later, 2);
    expect((await getExport(api, historyPath('merged'))).text).toBe(expected);
    await compactRun(api.services, ref);
    expect((await getExport(api, historyPath('merged'))).text).toBe(expected);
  });

  it('shows the keys that are asked for in their order, and only rows that have one of them', async () => {
    const { text } = await getExport(api, historyPath('small', '?keys=val.loss&keys=loss&keys=val.acc&keys=loss'));
    expect(text).toBe(
      [
        '{"_step":0,"_timestamp":1750000000.25,"val":{"loss":2,"acc":1e-7},"loss":0.5}',
        '{"_step":2,"_timestamp":1750000001,"val":{"acc":-0},"loss":"NaN"}',
        '{"_step":9,"_timestamp":1750000003,"loss":"-Infinity"}',
        '',
      ].join('\n'),
    );
  });

  it('shows the steps that are asked for, both ends included', async () => {
    const { text } = await getExport(api, historyPath('small', '?keys=big&from=2&to=2'));
    expect(text).toBe('{"_step":2,"_timestamp":1750000001,"big":9007199254740993}\n');
    expect((await getExport(api, historyPath('small', '?from=4&to=8'))).text).toBe('');
    expect((await getExport(api, historyPath('small', '?keys=_step&to=3'))).text.split('\n')).toHaveLength(4);
  });

  it('has a value and what stands below it at the same step in two lines of that step', async () => {
    const { id } = await api.startRun({ name: 'both' });
    await api.log(id, [{ step: 1, timestamp: 1, values: { a: 1, c: 3 } }]);
    await api.log(id, [{ step: 1, timestamp: 1, values: { a: { b: { d: 2 } } } }], 1);
    await api.log(id, [{ step: 2, timestamp: 1, values: { a: { b: { d: 4 } }, c: 5 } }], 2);
    expect((await getExport(api, historyPath('both'))).text).toBe(
      [
        '{"_step":1,"_timestamp":1,"a":1,"c":3}',
        '{"_step":1,"_timestamp":1,"a":{"b":{"d":2}}}',
        '{"_step":2,"_timestamp":1,"a":{"b":{"d":4}},"c":5}',
        '',
      ].join('\n'),
    );
  });

  it('of a run without rows is empty', async () => {
    await api.startRun({ name: 'empty' });
    expect(await getExport(api, historyPath('empty'))).toMatchObject({ status: 200, text: '' });
  });
});

describe('a history as CSV', () => {
  it('has a header, a column a key, empty cells for what is missing, and text exactly as it is', async () => {
    const { id } = await api.startRun({ name: 'table' });
    await api.log(id, [
      { step: 0, timestamp: 1.5, values: { 'a,b': '=1+1', text: 'two\r\nlines "q"', empty: '' } },
      { step: 1, timestamp: 2, values: { v: { x: 'NaN' }, text: 'plain', seq: [1, 'a'] } },
      { step: 2, timestamp: 3, values: { v: { x: 'Infinity' }, text: true } },
    ]);
    const answer = await getExport(api, historyPath('table', '?format=csv'));
    expect(answer.text).toBe(
      '_step,_timestamp,"a,b",text,empty,v.x,seq\r\n' +
        '0,1.5,=1+1,"two\r\nlines ""q""","",,\r\n' +
        '1,2,,plain,,NaN,"[1,""a""]"\r\n' +
        '2,3,,true,,Infinity,\r\n',
    );
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="table.history.csv"');
  });

  it('has a header even of a run without rows', async () => {
    await api.startRun({ name: 'empty too' });
    const path = historyPath('empty too', '?format=csv&keys=loss');
    expect((await getExport(api, path)).text).toBe('_step,_timestamp,loss\r\n');
  });
});

describe('a history as Arrow', () => {
  it('has whole steps, numbers as nullable float64 and everything else as JSON text', async () => {
    const path = historyPath('small', '?format=arrow&keys=loss&keys=note&keys=big&keys=ok&keys=list');
    const response = await fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${api.admin.key}` } });
    expect(response.headers.get('content-type')).toBe('application/vnd.apache.arrow.stream');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="small.history.arrows"');
    const table = tableFromIPC(new Uint8Array(await response.arrayBuffer()));
    expect(table.schema.fields.map(({ name, type, nullable }) => `${name} ${type} ${nullable}`)).toEqual([
      '_step Int64 false',
      '_timestamp Float64 true',
      'loss Float64 true',
      'note Utf8 true',
      'big Float64 true',
      'ok Float64 true',
      'list Utf8 true',
    ]);
    expect(table.toArray().map((row) => row?.toArray())).toEqual([
      [0n, 1750000000.25, 0.5, '"a \\"b\\", ü"', null, null, null],
      [2n, 1750000001, Number.NaN, null, 9007199254740992, null, null],
      [9n, 1750000003, Number.NEGATIVE_INFINITY, null, null, 1, '[1,"x",null]'],
    ]);
  });

  it('has the number that was logged in the place of a boolean', async () => {
    const { id } = await api.startRun({ name: 'flag' });
    const [, projectId = '', run = ''] = Buffer.from(id, 'base64url').toString().split(':');
    await api.log(id, [{ step: 0, timestamp: 1, values: { flag: true } }]);
    await compactRun(api.services, { projectId, runId: run });
    await api.log(id, [{ step: 0, timestamp: 2, values: { flag: 0.5 } }], 1);
    const path = historyPath('flag', '?format=arrow&keys=flag');
    const response = await fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${api.admin.key}` } });
    const table = tableFromIPC(new Uint8Array(await response.arrayBuffer()));
    expect(table.toArray().map((row) => row?.toArray())).toEqual([[0n, 2, 0.5]]);
  });

  it('of a run without rows is a stream with a schema', async () => {
    await api.startRun({ name: 'no rows' });
    const path = historyPath('no rows', '?format=arrow&keys=loss');
    const response = await fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${api.admin.key}` } });
    const table = tableFromIPC(new Uint8Array(await response.arrayBuffer()));
    expect([table.numRows, table.schema.names]).toEqual([0, ['_step', '_timestamp', 'loss']]);
  });
});

describe('a history as columns', () => {
  const bytesOf = async (path: string) => {
    const response = await fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${api.admin.key}` } });
    expect(response.headers.get('content-type')).toBe('application/vnd.summa.columns');
    return Buffer.from(await response.arrayBuffer());
  };
  const float64 = (...numbers: number[]) => {
    const bytes = Buffer.alloc(8 * numbers.length);
    for (const [i, number] of numbers.entries()) bytes.writeDoubleLE(number, 8 * i);
    return bytes;
  };
  const uint32 = (...numbers: number[]) => {
    const bytes = Buffer.alloc(4 * numbers.length);
    for (const [i, number] of numbers.entries()) bytes.writeUInt32LE(number, 4 * i);
    return bytes;
  };
  const headOf = (run: string, keys: readonly string[]) =>
    Buffer.from(`${JSON.stringify({ format: 'summa-columns', version: 1, run, keys })}\n`);

  it('is a line, a block with every number, what each is and the other values, and an empty block', async () => {
    const others = Buffer.from('[9007199254740993,true,"a \\"b\\", ü"]');
    expect(await bytesOf(historyPath('small', '?format=columns&keys=loss&keys=big&keys=ok&keys=note'))).toEqual(
      Buffer.concat([
        headOf(runId, ['loss', 'big', 'ok', 'note']),
        uint32(3, others.length),
        float64(0, 2, 9),
        float64(1750000000.25, 1750000001, 1750000003),
        ...[float64(0.5, Number.NaN, Number.NEGATIVE_INFINITY), Buffer.from([1, 1, 1])],
        ...[float64(Number.NaN, Number.NaN, Number.NaN), Buffer.from([0, 2, 0])],
        ...[float64(Number.NaN, Number.NaN, Number.NaN), Buffer.from([0, 0, 2])],
        ...[float64(Number.NaN, Number.NaN, Number.NaN), Buffer.from([2, 0, 0])],
        others,
        uint32(0, 0),
      ]),
    );
  });

  it('has a value that was logged again once, as it is now', async () => {
    const { id } = await api.startRun({ name: 'again' });
    const [, projectId = '', run = ''] = Buffer.from(id, 'base64url').toString().split(':');
    const first = [
      { step: 0, timestamp: 1, values: { again: true } },
      { step: 1, timestamp: 2, values: { again: 2 } },
    ];
    await api.log(id, first);
    await compactRun(api.services, { projectId, runId: run });
    await api.log(id, [{ step: 1, timestamp: 3, values: { again: 'x' } }], 2);
    await api.log(id, [{ step: 0, timestamp: 4, values: { again: 0.25 } }], 3);
    expect(await bytesOf(historyPath('again', '?format=columns&keys=again'))).toEqual(
      Buffer.concat([
        headOf(id, ['again']),
        uint32(2, 5),
        ...[float64(0, 1), float64(4, 3), float64(0.25, Number.NaN), Buffer.from([1, 2]), Buffer.from('["x"]')],
        uint32(0, 0),
      ]),
    );
  });

  it('of a run without rows has no block but the last', async () => {
    const { id } = await api.startRun({ name: 'nothing' });
    const bytes = await bytesOf(historyPath('nothing', '?format=columns&keys=loss'));
    expect(bytes).toEqual(Buffer.concat([headOf(id, ['loss']), uint32(0, 0)]));
  });
});

describe('a history that is not exported', () => {
  const manyKeys = Array.from({ length: LIMITS.keys + 1 }, (_, i) => `keys=${i}`).join('&');
  it.each([
    [
      'an unknown parameter',
      '?fromat=csv',
      400,
      'INVALID_INPUT',
      /no parameter "fromat"; there are format, keys, from, to/,
    ],
    ['an unknown format', '?format=xml', 400, 'INVALID_INPUT', /"xml"; give one of ndjson, csv, arrow, columns/],
    ['a parameter twice', '?format=csv&format=csv', 400, 'INVALID_INPUT', /format is given twice/],
    ['a misspelt key', '?keys=loss&keys=los', 400, 'KEY_NOT_FOUND', /the metric "los"/],
    ['a key that cannot be', '?keys=%00', 400, 'KEY_NOT_FOUND', /the metric "\\u0000"/],
    ['too many keys', `?${manyKeys}`, 400, 'LIST_TOO_LONG', /1001 items, more than 1000/],
    ['a negative step', '?from=-1', 400, 'INVALID_RANGE', /from is "-1"/],
    ['a step beyond 2^53-1', '?to=9007199254740992', 400, 'INVALID_RANGE', /to is "9007199254740992"/],
    ['an empty range', '?from=3&to=2', 400, 'INVALID_RANGE', /from 3 to 2 ends before it begins/],
  ])('says what is wrong: %s', async (_, query, status, code, message) => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await getExport(api, historyPath('small', query), { method });
      expect(answer.status).toBe(status);
      if (method === 'GET') {
        expect(refusalOf(answer)).toMatchObject({ code, message: expect.stringMatching(message) });
        expect(answer.headers.get('content-disposition')).toBeNull();
      }
    }
  });

  it('is one of a run or a project that is not there', async () => {
    for (const path of [historyPath('none'), historyPath('small', '', 'none'), '/api/export/no/p/runs/r/history'])
      expect(refusalOf(await getExport(api, path))).toMatchObject({ status: 404, code: 'RUN_NOT_FOUND' });
    expect(refusalOf(await getExport(api, '/api/export/admin/none/runs'))).toMatchObject({
      status: 404,
      code: 'PROJECT_NOT_FOUND',
    });
  });
});

describe('HEAD', () => {
  it('tells what GET would send, and sends nothing', async () => {
    const path = historyPath('small', '?format=csv');
    const [head, get] = [await getExport(api, path, { method: 'HEAD' }), await getExport(api, path)];
    expect(head).toMatchObject({ status: 200, text: '' });
    for (const name of ['content-type', 'content-disposition', 'cache-control', 'vary'])
      expect([name, head.headers.get(name)]).toEqual([name, get.headers.get(name)]);
  });
});

describe('the name of the file', () => {
  it('is safe whatever the run is called', async () => {
    await api.startRun({ name: 'größer "2"' });
    const { headers } = await getExport(api, historyPath('größer "2"'), { method: 'HEAD' });
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="gr__er _2_.history.ndjson"; filename*=UTF-8''gr%C3%B6%C3%9Fer%20%222%22.history.ndjson`,
    );
  });
});
