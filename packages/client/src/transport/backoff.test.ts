import { describe, expect, it } from 'vitest';
import { SummaClientError } from '../summa-client-error.ts';
import { waitBeforeRetry } from './backoff.ts';
import { parseRetryAfter } from './retry-after.ts';

describe('waitBeforeRetry', () => {
  const backoff = { firstMs: 100, mostMs: 1_000 };
  const bound = (attempt: number, error: unknown = null) => waitBeforeRetry(attempt, error, backoff, () => 1);

  it('doubles its bound with each attempt up to the most', () => {
    expect([1, 2, 3, 4, 5, 400].map((attempt) => bound(attempt))).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  });

  it('waits anywhere between nothing and the bound', () => {
    expect([0, 0.5].map((random) => waitBeforeRetry(2, null, backoff, () => random))).toEqual([0, 100]);
  });

  it('comes after what the server asked for', () => {
    const busy = new SummaClientError('HTTP_503', 'busy', { retryAfterMs: 5_000 });
    expect(bound(1, busy)).toBe(5_100);
  });
});

describe('parseRetryAfter', () => {
  const now = Date.UTC(2026, 0, 1);

  it.each([
    ['3', 3_000],
    ['0', 0],
    ['-4', 0],
    ['Thu, 01 Jan 2026 00:00:09 GMT', 9_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    [null, undefined],
  ])('reads %j as %j ms', (header, ms) => {
    expect(parseRetryAfter(header, now)).toBe(ms);
  });
});
