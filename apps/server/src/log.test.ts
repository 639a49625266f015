import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void, apiKey?: string): string {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  write(createLog({ level: 'info', destination, ...(apiKey !== undefined && { apiKey }) }));
  return lines.join('');
}

describe('the log', () => {
  it('is one JSON object a line, with the time and the level in words', () => {
    const line = JSON.parse(logged((log) => log.info({ port: 4000 }, 'listening')));
    expect(line).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      port: 4000,
      msg: 'listening',
    });
  });

  it('leaves out what is below its level', () => {
    expect(logged((log) => log.debug('detail'))).toBe('');
  });

  it.each([
    [
      'a header',
      (log: ReturnType<typeof createLog>) => log.info({ req: { headers: { authorization: 'Bearer abc' } } }),
      'abc',
    ],
    ['a message', (log: ReturnType<typeof createLog>) => log.info('sent Bearer topsecret now'), 'topsecret'],
    [
      'an error',
      (log: ReturnType<typeof createLog>) => log.error(new Error('bad key summa_ab12_se-cr_et')),
      'se-cr_et',
    ],
    [
      'a database URL',
      (log: ReturnType<typeof createLog>) => log.info('postgresql://summa:hunter2@db:5432/x'),
      'hunter2',
    ],
    [
      "the operator's own key",
      (log: ReturnType<typeof createLog>) => log.info('own-key-of-the-operator'),
      'own-key-of-the-operator',
    ],
  ])('never shows a key in %s', (_where, write, secret) => {
    const text = logged(write, 'own-key-of-the-operator');
    expect(text).toContain('[redacted]');
    expect(text).not.toContain(secret);
  });
});
