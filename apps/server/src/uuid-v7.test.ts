import { describe, expect, it } from 'vitest';
import { isUuid, uuidV7 } from './uuid-v7.ts';

describe('a UUIDv7', () => {
  it('begins with its time in milliseconds, then says version 7 and variant 10', () => {
    // The time of the example in RFC 9562, appendix A.6.
    expect(uuidV7(new Date(0x017f22e279b0))).toMatch(/^017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('is another one each time, and known as one', () => {
    const ids = Array.from({ length: 1000 }, () => uuidV7(new Date()));
    expect(new Set(ids).size).toBe(1000);
    expect(ids.every(isUuid)).toBe(true);
    expect(isUuid(ids[0]?.toUpperCase() ?? '')).toBe(false);
  });
});
