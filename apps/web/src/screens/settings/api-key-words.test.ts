import { describe, expect, it } from 'vitest';
import { expiryOf, keyState, scopeWords } from './api-key-words.ts';

const NOW = new Date('2026-11-25T12:00:00Z');

describe('a key', () => {
  it('works until it is revoked or its time is over', () => {
    expect(keyState({ revokedAt: null, expiresAt: null }, NOW)).toBe('works');
    expect(keyState({ revokedAt: null, expiresAt: '2026-11-25T12:00:01Z' }, NOW)).toBe('works');
    expect(keyState({ revokedAt: null, expiresAt: '2026-11-25T12:00:00Z' }, NOW)).toBe('expired');
    expect(keyState({ revokedAt: '2026-01-01T00:00:00Z', expiresAt: null }, NOW)).toBe('revoked');
  });

  it('ends so many days from now, or never', () => {
    expect(expiryOf('7', NOW)).toBe('2026-12-02T12:00:00.000Z');
    expect(expiryOf('never', NOW)).toBeNull();
  });

  it('says what it may be used for; admin holds everything', () => {
    expect(scopeWords(['READ', 'INGEST'])).toBe('ingest, read');
    expect(scopeWords(['INGEST', 'READ', 'ADMIN'])).toBe('all');
    expect(scopeWords(['ADMIN'])).toBe('all');
  });
});
