import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { must } from '../support/graphql.ts';
import { logLosses } from '../support/log-losses.ts';
import { startSumma } from '../support/summa-process.ts';
import { pythonEnvironment, run } from './python.ts';

const EXAMPLE = fileURLToPath(new URL('../../examples/codegen/python', import.meta.url));

it('examples/codegen/python generates a typed client of the served schema and asks a server', async () => {
  await using server = await startSumma();
  await logLosses(server, 'examples');
  const { viewer } = await must(server, '{ viewer { entity { name } } }');
  const environment = await pythonEnvironment(join(EXAMPLE, 'requirements.txt'));
  const cwd = await mkdtemp(join(tmpdir(), 'summa-codegen-python-'));
  try {
    await cp(EXAMPLE, cwd, { recursive: true });
    await writeFile(join(cwd, 'schema.graphql'), await (await fetch(`${server.url}/schema.graphql`)).text());
    const python = join(environment, 'bin/python');
    await run(python, ['-m', 'ariadne_codegen'], { cwd });
    const env = { SUMMA_URL: server.url, SUMMA_API_KEY: server.apiKey };
    const asked = await run(python, ['best_runs.py', viewer.entity.name, 'examples'], {
      cwd,
      env,
    });
    expect(asked).toBe('second FINISHED 0.5 0 1.25\nfirst FINISHED 1.0 1 2.0\n');
    // The generated types know the scalars.
    expect(await readFile(join(cwd, 'summa_client/best_runs.py'), 'utf8')).toContain('mean: Optional[float]');
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
});
