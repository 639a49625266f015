import { describe, expect, it } from 'vitest';
import { CommandError, UsageError } from '../command-error.ts';
import { parseExpiry } from './parse-expiry.ts';
import { pickKey } from './revoke-key.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');

describe('the end of a key', () => {
  it.each([
    ['90d', '2026-05-30T12:00:00.000Z'],
    ['12h', '2026-03-02T00:00:00.000Z'],
    ['30m', '2026-03-01T12:30:00.000Z'],
    ['2w', '2026-03-15T12:00:00.000Z'],
    ['2027-01-31', '2027-01-31T00:00:00.000Z'],
    ['2026-03-01T14:00:00+01:00', '2026-03-01T13:00:00.000Z'],
  ])('%s is %s', (text, end) => {
    expect(parseExpiry(text, NOW)).toBe(end);
  });

  it.each(['', '90', 'soon', '90y', '2026-02-01', '0d', '99999999999999d', '2026-13-01'])('is not %j', (text) => {
    expect(() => parseExpiry(text, NOW)).toThrow(UsageError);
  });
});

describe('a key to revoke', () => {
  const key = (id: string, name: string, revokedAt: string | null = null) => ({
    id,
    name,
    revokedAt,
    expiresAt: null,
    lastUsedAt: null,
    createdAt: '2026-01-01T00:00:00Z',
    scopes: ['READ' as const],
  });
  const keys = [key('1', 'gpu'), key('2', 'gpu', '2026-02-01T00:00:00Z'), key('3', 'twice'), key('4', 'twice')];

  it('is named by its id, or by a name that only one working key has', () => {
    expect([pickKey(keys, '4', NOW).id, pickKey(keys, 'gpu', NOW).id]).toEqual(['4', '1']);
  });

  it('is never guessed: a name that two have is answered with their ids', () => {
    expect(() => pickKey(keys, 'twice', NOW)).toThrow(/2 keys are called "twice"; revoke one by its id: 3, 4/);
    expect(() => pickKey(keys, 'none', NOW)).toThrow(CommandError);
  });
});
