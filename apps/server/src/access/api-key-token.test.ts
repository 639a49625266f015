import { describe, expect, it } from 'vitest';
import { makeApiKeyToken, readApiKeyToken } from './api-key-token.ts';

describe('makeApiKeyToken', () => {
  it('makes keys of letters and digits that are read back as the same token', () => {
    for (let i = 0; i < 200; i++) {
      const token = makeApiKeyToken();
      expect(token.key).toMatch(/^summa_[0-9a-z]{12}_[0-9a-zA-Z]{43}$/);
      expect(readApiKeyToken(token.key)).toEqual(token);
    }
  });
});
