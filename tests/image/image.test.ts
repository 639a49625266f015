import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

// There is no Docker engine where these run: they hold the files to what they name in the checkout, not the image to its promise.
const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

describe('the Dockerfile', () => {
  const text = read('Dockerfile');

  it('starts the server with the flags that npm start gives it', () => {
    const command: string[] = JSON.parse(/^CMD (\[.*\])$/m.exec(text)?.[1] ?? '[]');
    const flags: string[] = JSON.parse(read('apps/server/node-flags.json'));
    expect(command).toEqual(['node', ...flags, 'apps/server/dist/main.js', 'serve']);
  });

  it('takes nothing from the build that a checkout does not have once it is built', () => {
    const taken = [...text.matchAll(/^COPY --from=build (.+)$/gm)].flatMap(([, paths]) =>
      String(paths).split(' ').slice(0, -1),
    );
    const made = ['/summa/node_modules', '/summa/apps/web/dist'];
    expect(taken).toEqual(expect.arrayContaining(['/summa/apps/server', ...made]));
    const missing = taken.filter((path) => !made.includes(path) && !existsSync(new URL(path.slice(7), root)));
    expect(missing).toEqual([]);
  });
});

describe('Dockerfile and compose.yaml', () => {
  it('name settings of the server alone', () => {
    const settings = new Set(read('apps/server/src/config.ts').match(/(?<=')[A-Z][A-Z\d_]+(?=')/g));
    const image = /^ENV .+$/gm.exec(read('Dockerfile').split('FROM').at(-1) ?? '')?.[0].match(/[A-Z_]+(?==)/g) ?? [];
    const compose =
      read('compose.yaml')
        .split('volumes:')[0]
        ?.match(/(?<=^ {6})[A-Z_]+(?=:)/gm) ?? [];
    expect([...image, ...compose]).toEqual(expect.arrayContaining(['HOST', 'SUMMA_DATA_DIR', 'DATABASE_URL']));
    expect([...image, ...compose].filter((name) => !settings.has(name))).toEqual(['NODE_ENV']);
  });
});

it('leaves out of the image what a checkout makes for itself', () => {
  const ignored = read('.dockerignore').split('\n');
  for (const path of ['.git', '.summa', '**/node_modules', '**/dist', '.env']) expect(ignored).toContain(path);
});
