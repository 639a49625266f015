import { describe, expect, it } from 'vitest';
import { makeApiKeyToken, readApiKeyToken } from './api-key-token.ts';

describe('makeApiKeyToken', () => {
  it('makes keys of 40 letters and digits that are read back as the same token', () => {
    for (let i = 0; i < 200; i++) {
      const token = makeApiKeyToken();
      expect(token.key).toMatch(/^summa_[0-9a-z]{11}_[0-9a-zA-Z]{22}$/);
      expect(token.key).toHaveLength(40);
      expect(readApiKeyToken(token.key)).toEqual(token);
    }
  });
});

describe('readApiKeyToken', () => {
  it('finds keys that were made when they were longer by the id in them', () => {
    const secrets = ['a'.repeat(43), 'Zm9v-YmFy_'.repeat(5).slice(0, 43)];
    for (const secret of secrets) expect(readApiKeyToken(`summa_0123456789ab_${secret}`)?.id).toBe('0123456789ab');
  });

  it('takes a text that only begins like a key of ours for one that an operator chose', () => {
    for (const key of [`summa_0123456789a_${'x'.repeat(23)}`, `summa_0123456789_${'x'.repeat(40)}`])
      expect(readApiKeyToken(key)?.id).toMatch(/^[0-9a-f]{16}$/);
  });
});
