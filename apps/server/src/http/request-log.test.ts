import pino, { type Logger } from 'pino';
import { describe, expect, it } from 'vitest';
import { RequestLog } from './request-log.ts';

/** A log, and the lines that it has written. */
function openLog(level: string): { log: Logger; lines: object[]; children: () => number } {
  const lines: object[] = [];
  let children = 0;
  const options = { level, base: null, timestamp: false, onChild: () => void children++ };
  const log = pino(options, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { log, lines, children: () => children };
}

describe('the log of a request', () => {
  it('says in each line which request it was', () => {
    const { log, lines } = openLog('trace');
    const request = new RequestLog(log, { requestId: 'train-42' });
    request.error({ status: 500 }, 'failed after %d ms', 7);
    request.trace('seen');
    request.child({ part: 1 }).info('of a part');
    expect(lines).toEqual([
      { level: 50, requestId: 'train-42', status: 500, msg: 'failed after 7 ms' },
      { level: 10, requestId: 'train-42', msg: 'seen' },
      { level: 30, requestId: 'train-42', part: 1, msg: 'of a part' },
    ]);
  });

  it('makes nothing of a line that is below the level', () => {
    const { log, lines, children } = openLog('info');
    const request = new RequestLog(log, { requestId: 'train-42' });
    request.debug({ status: 200 }, 'answered');
    request.silent();
    expect([lines, children(), request.level]).toEqual([[], 0, 'info']);
  });
});
