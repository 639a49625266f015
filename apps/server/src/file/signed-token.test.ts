import { describe, expect, it } from 'vitest';
import { readToken, signToken } from './signed-token.ts';

const secret = Buffer.from('a secret of this server');
const expiresAt = new Date('2026-11-23T20:00:00Z');
const before = new Date('2026-11-23T19:59:59.999Z');
const token = signToken(secret, 'download', { fields: ['p', 'ä/b'], expiresAt });

const fault = (read: () => unknown): string => {
  try {
    read();
    return 'none';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a signed token', () => {
  it('says what it was made of until it expires', () => {
    expect(readToken(secret, 'download', { token, now: before })).toEqual(['p', 'ä/b']);
    expect(fault(() => readToken(secret, 'download', { token, now: expiresAt }))).toBe('URL_EXPIRED');
  });

  it('is worth nothing with another secret or for another purpose', () => {
    expect(fault(() => readToken(Buffer.from('another'), 'download', { token, now: before }))).toBe('INVALID_URL');
    expect(fault(() => readToken(secret, 'upload', { token, now: before }))).toBe('INVALID_URL');
  });

  it('is worth nothing when any letter of it is another one', () => {
    for (let at = 0; at < token.length; at++) {
      const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
      expect(fault(() => readToken(secret, 'download', { token: changed, now: before }))).toBe('INVALID_URL');
    }
  });

  it.each(['', '.', 'x', `${token}=`, ` ${token}`, token.slice(0, -1), `${token}A`, `${token}.`, 'a'.repeat(9_000)])(
    'is not %j',
    (text) => {
      expect(fault(() => readToken(secret, 'download', { token: text, now: before }))).toBe('INVALID_URL');
    },
  );
});
