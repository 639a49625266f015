import { describe, expect, it } from 'vitest';
import { parseConsoleLine } from './parse-console-line.ts';
import { parseEventLine } from './parse-event-lines.ts';
import { parseFileStream } from './parse-file-stream.ts';

// 2026-11-23T15:18:11 in UTC, in seconds since 1970: 20,780 days and 15:18:11.
const TIME = 20_780 * 86_400 + 15 * 3_600 + 18 * 60 + 11;

describe('parseConsoleLine', () => {
  it.each([
    [
      'a plain line',
      '2026-11-23T15:18:11.721051 epoch 1',
      { time: TIME + 0.721051, level: 'info', label: '', text: 'epoch 1' },
    ],
    [
      'a plain line of stderr',
      'ERROR 2026-11-23T15:18:11.5 oh no',
      { time: TIME + 0.5, level: 'error', label: '', text: 'oh no' },
    ],
    [
      'a plain line with a label',
      '2026-11-23T15:18:11.5 [rank 1] hi',
      { time: TIME + 0.5, level: 'info', label: 'rank 1', text: 'hi' },
    ],
    ['an empty plain line', '2026-11-23T15:18:11.5 ', { time: TIME + 0.5, level: 'info', label: '', text: '' }],
    [
      'a structured line',
      '{"level":"error","ts":"2026-11-23T15:18:11.25","label":"a","content":"x [y]"}',
      { time: TIME + 0.25, level: 'error', label: 'a', text: 'x [y]' },
    ],
    ['JSON that is no line', '{"loss":1}', { time: null, level: 'info', label: '', text: '{"loss":1}' }],
    ['text without a time', 'hello', { time: null, level: 'info', label: '', text: 'hello' }],
  ])('reads %s', (_title, line, expected) => {
    expect(parseConsoleLine(line)).toEqual(expected);
  });
});

describe('parseEventLine', () => {
  it.each([
    [
      'numbers below system. by our keys',
      '{"_wandb":true,"_timestamp":5.5,"_runtime":1,"system.gpu.0.temp":40,"system.disk./.usagePercent":1.5}',
      { time: 5.5, values: { 'system/gpu/0/temp': 40, 'system/disk///usagePercent': 1.5 } },
    ],
    [
      'nothing of what is no number',
      '{"_timestamp":1,"system.cpu":NaN,"system.name":"x","other":1}',
      { time: 1, values: {} },
    ],
    ['nothing of a line that is no object', '[1]', { time: null, values: {} }],
    ['nothing of a line that is no JSON', '{"system.cpu":', { time: null, values: {} }],
  ])('reads %s', (_title, line, expected) => {
    expect(parseEventLine(line)).toEqual(expected);
  });
});

describe('parseFileStream', () => {
  const nothing = { history: null, events: null, console: null, summary: null, exitCode: null };

  it.each([
    ['a heartbeat', '{}', nothing],
    ['an empty body', '', nothing],
    [
      'lines with their offset',
      '{"files":{"wandb-history.jsonl":{"offset":7,"content":["{}","{\\"a\\":NaN}"]}}}',
      { ...nothing, history: { offset: 7, lines: ['{}', '{"a":NaN}'] } },
    ],
    [
      'the last of several summaries',
      '{"files":{"wandb-summary.json":{"offset":0,"content":["{\\"a\\":1}","{\\"a\\":2}"]}}}',
      { ...nothing, summary: '{"a":2}' },
    ],
    ['the end of a run', '{"complete":true,"exitcode":3}', { ...nothing, exitCode: 3 }],
    ['what older clients add', '{"complete":false,"failed":false,"dropped":2,"uploaded":[]}', nothing],
    ['other files', '{"files":{"notes.txt":{"offset":0,"content":["x"]}}}', nothing],
    ['an offset that is none', '{"files":{"output.log":{"offset":-1,"content":["x"]}}}', nothing],
  ])('reads %s', (_title, body, expected) => {
    expect(parseFileStream(body)).toEqual(expected);
  });

  it('refuses a body that is no object', () => {
    expect(() => parseFileStream('[]')).toThrow('the body of a file stream request is a JSON object');
  });
});
