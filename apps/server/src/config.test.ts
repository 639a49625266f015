import { describe, expect, it } from 'vitest';
import { parseConfig, SETTINGS } from './config.ts';

const key = 'k'.repeat(40);

describe('parseConfig', () => {
  it('needs nothing to be set', () => {
    const config = parseConfig({});
    expect(config).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      logLevel: 'info',
      databaseUrl: undefined,
      apiKey: undefined,
    });
    expect(config.dataDir).toMatch(/^\/.*\/\.summa$/);
  });

  it('reads what is set', () => {
    const env = {
      PORT: '0',
      HOST: '0.0.0.0',
      DATABASE_URL: 'postgres://u:p@db/summa',
      SUMMA_API_KEY: key,
      SUMMA_LOG_LEVEL: 'warn',
    };
    expect(parseConfig(env)).toMatchObject({
      port: 0,
      host: '0.0.0.0',
      databaseUrl: 'postgres://u:p@db/summa',
      apiKey: key,
      logLevel: 'warn',
    });
  });

  it('takes an empty value as not set', () => {
    expect(parseConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 4000, databaseUrl: undefined });
  });

  it('makes a relative data folder absolute', () => {
    expect(parseConfig({ SUMMA_DATA_DIR: 'data' }).dataDir).toBe(`${process.cwd()}/data`);
  });

  it('names every wrong value at once', () => {
    const env = { PORT: '70000', SUMMA_LOG_LEVEL: 'loud', SUMMA_DRAIN_TIMEOUT_MS: '1.5' };
    expect(() => parseConfig(env)).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message:
          'PORT must be a whole number from 0 to 65535, not "70000"; ' +
          'SUMMA_LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent, not "loud"; ' +
          'SUMMA_DRAIN_TIMEOUT_MS must be a whole number from 0 to 600000, not "1.5"',
      }),
    );
  });

  it.each([
    ['short', 'k'.repeat(39)],
    ['long', 'k'.repeat(201)],
    ['with a space', `${key} `],
  ])(
    'refuses an API key that is too short, too long or of other characters (%s), and does not repeat it',
    (_what, value) => {
      expect(() => parseConfig({ SUMMA_API_KEY: value })).toThrow(
        /^SUMMA_API_KEY must be 40 to 200 characters of A-Z a-z 0-9 _ -$/,
      );
    },
  );

  it('does not repeat the password of a wrong DATABASE_URL', () => {
    expect(() => parseConfig({ DATABASE_URL: 'mysql://root:hunter2@db' })).toThrow(
      /^DATABASE_URL must be a URL that begins with postgresql:\/\/ or postgres:\/\/$/,
    );
  });

  it('describes each setting in a sentence', () => {
    for (const { name, description } of Object.values(SETTINGS)) {
      expect(name).toMatch(/^[A-Z0-9_]+$/);
      expect(description).toMatch(/^[A-Z0-9o].*\.$/);
    }
  });
});
