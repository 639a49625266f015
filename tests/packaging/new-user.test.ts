import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, it } from 'vitest';
import { readmeSteps } from './support/readme-steps.ts';
import { type ProgramOptions, runProgram } from './support/run-program.ts';

const README = fileURLToPath(new URL('../../packages/client/README.md', import.meta.url));
const server = inject('server');
const environment = {
  SUMMA_URL: server.url,
  SUMMA_API_KEY: server.apiKey,
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_update_notifier: 'false',
  npm_config_prefer_offline: 'true',
};

it('leads a new user from an empty folder to the misspelt metric that the compiler finds, with the README alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'summa-new-user-'));
  try {
    const env = { ...environment, SUMMA_SPOOL_DIR: join(folder, 'spool') };
    for (const step of readmeSteps(await readFile(README, 'utf8'), 'Five minutes')) {
      if (step.kind === 'file') await writeFile(join(folder, step.name), step.text);
      else await follow(step, { cwd: folder, env });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** Runs a command of the page: it fails where the page shows an error, prints what the page shows, and else succeeds. */
async function follow(
  { command, output }: { readonly command: string; readonly output: string | null },
  options: ProgramOptions,
) {
  // The only thing that the reader has otherwise: the package is not on a registry yet.
  const here = command.replace(/(?<=^npm install )@summa\/client$/, inject('tarballs').client);
  const { code, stdout, stderr } = await runProgram('sh', ['-c', here], options);
  const isError = output?.includes('error') ?? false;
  expect(code === 0, `${command} ended with ${code}:\n${stdout}${stderr}`).toBe(!isError);
  if (output !== null) expect(stdout).toBe(output);
}
