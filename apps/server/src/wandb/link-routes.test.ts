import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

describe('a link that the W&B client prints', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  it.each([
    ['/ada/vision/runs/abc', '/ada/vision/runs/abc'],
    ['/ada/vision/runs/abc?nw=nwuserada', '/ada/vision/runs/abc?nw=nwuserada'],
    ['/ada/vision/runs/abc/files/media?a=%2F', '/ada/vision/runs/abc?a=%2F'],
    ['/ada/vision/runs/a%20b%2Fc', '/ada/vision/runs/a%20b%2Fc'],
    ['/ada/vision/runs/%E4%BD%A0', '/ada/vision/runs/%E4%BD%A0'],
    ['/ada/vision', '/ada/vision'],
    ['/ada/vision/', '/ada/vision'],
    ['/ada/vision/workspace', '/ada/vision'],
    ['/ada/vision/runs', '/ada/vision'],
    ['/ada/vision/sweeps/s1', '/ada/vision'],
    ['/ada', '/ada'],
    ['//evil.example/x', '/evil.example'],
    ['/%2Fevil.example/x', '/%2Fevil.example/x'],
    ['/%5Cevil.example/x', '/%5Cevil.example/x'],
  ])('%s leads to %s of the web app', async (path, expected) => {
    const response = await fetch(`${api.url}/wandb${path}`, { redirect: 'manual' });
    expect({ status: response.status, location: response.headers.get('location') }).toEqual({
      status: 302,
      location: expected,
    });
  });
});
