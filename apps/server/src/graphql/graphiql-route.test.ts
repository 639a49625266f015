import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

describe('GraphiQL', () => {
  it('is a page without a key that loads nothing from elsewhere and runs only its own scripts', async () => {
    const response = await fetch(`${api.url}/graphiql`);
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(page).toContain('Summa GraphiQL');
    expect(page.match(/<(?:script|link|img|iframe)[^>]+(?:src|href)="(?:https?:)?\/\/[^"]+"/g) ?? []).toEqual([]);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'sha256-[^']+'/);
    expect(policy).not.toMatch(/script-src [^;]*unsafe/);
  });
});
