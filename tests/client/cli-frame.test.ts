import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandEnvironment, runSumma } from '../support/cli-process.ts';

const COMMANDS = [
  'serve',
  'migrate',
  'login',
  'logout',
  'import',
  'export',
  'projects',
  'runs',
  'run',
  'keys',
  'completion',
  'help',
];
const PACKAGES = fileURLToPath(new URL('../../packages', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'summa-cli-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('summa', () => {
  it('lists its commands and the exit codes', async () => {
    for (const args of [[], ['--help'], ['help']]) {
      const { code, stdout, stderr } = await runSumma(args);
      expect([code, stderr]).toEqual([0, '']);
      for (const name of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
      expect(stdout).toContain('Exit codes: 0 done, 1 failed, 2 called wrongly, 130 interrupted.');
    }
  });

  it('tells of a command what its --help tells', async () => {
    for (const name of ['runs', 'serve']) {
      const [help, asked] = [await runSumma(['help', name]), await runSumma([name, '--help'])];
      expect(help).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(`Usage: summa ${name}`) });
      expect(asked.stdout).toBe(help.stdout);
    }
  });

  it('says its version, which is that of the package', async () => {
    const { version } = JSON.parse(await readFile(join(PACKAGES, 'client/package.json'), 'utf8'));
    expect(await runSumma(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it.each([
    [['rnus'], 'there is no command "rnus"; did you mean "runs"?', 'summa --help'],
    [['help', 'lgoin'], 'there is no command "lgoin"; did you mean "login"?', 'summa help --help'],
    [['runs', 'x', '--fliter', 'y'], 'there is no option --fliter here; did you mean "--filter"?', 'summa runs --help'],
    [['runs'], '<entity/project> is missing', 'summa runs --help'],
    [['run', 'a/b/c', 'd'], '"d" is one argument too many', 'summa run --help'],
    [['keys', 'lst'], '"lst" is none of list, create, revoke; did you mean "list"?', 'summa keys --help'],
    [['import', 'x.jsonl'], '--project is missing', 'summa import --help'],
    [['serve', '--port', '1'], 'there is no option --port here', 'summa serve --help'],
  ])('%j exits with 2, names what is wrong and where to read on', async (args, problem, hint) => {
    expect(await runSumma(args)).toEqual({ code: 2, stdout: '', stderr: `summa: ${problem}\nTry: ${hint}\n` });
  });

  it('says which server does not answer, and exits with 1', async () => {
    const url = await deserted();
    const { code, stdout, stderr } = await runSumma(['runs', 'a/b', '--url', url]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^summa: No answer from \S+: .*ECONNREFUSED.*\(NETWORK\)\n$/);
    expect(stderr).toContain(`${url}/graphql`);
  });
});

describe('summa from an installed package, without the server', () => {
  it.each(['serve', 'migrate'])('%s says what to install', async (command) => {
    const modules = join(folder, command, 'node_modules/@summa');
    await mkdir(modules, { recursive: true });
    await promisify(execFile)(process.execPath, [
      fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url)),
      ...['-p', join(PACKAGES, 'client/tsconfig.build.json'), '--outDir', join(modules, 'client/dist')],
    ]);
    for (const part of ['bin', 'package.json']) {
      await cp(join(PACKAGES, 'client', part), join(modules, 'client', part), { recursive: true });
    }
    await symlink(join(PACKAGES, 'core'), join(modules, 'core'));
    const bin = join(modules, 'client/bin/summa.mjs');
    const ended = await promisify(execFile)(process.execPath, [bin, command], {
      cwd: join(folder, command),
      env: commandEnvironment(),
    }).catch((error: { code: number; stderr: string }) => error);
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('npm install @summa/server') });
  });
});

describe('summa completion', () => {
  it('in bash completes commands, options, their values, words and files', async () => {
    await writeFile(join(folder, 'rows.jsonl'), '');
    const script = join(folder, 'completion.bash');
    await writeFile(script, (await runSumma(['completion', 'bash'])).stdout);
    const complete = async (...words: string[]) => {
      const setup = `source ${script}; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}`;
      // compopt works in a completion only.
      const ask = `compopt() { :; }; ${setup}; _summa; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const { stdout } = await promisify(execFile)('bash', ['-c', ask], { cwd: folder });
      return stdout.trim().split('\n');
    };
    expect(await complete('summa', 'run')).toEqual(['runs', 'run']);
    expect(await complete('summa', 'runs', '--fi')).toEqual(['--filter']);
    expect(await complete('summa', 'export', '--format', '')).toEqual(['ndjson', 'csv', 'arrow']);
    expect(await complete('summa', 'keys', 're')).toEqual(['revoke']);
    expect(await complete('summa', 'completion', '')).toEqual(['bash', 'zsh', 'fish']);
    expect(await complete('summa', 'import', 'ro')).toEqual(['rows.jsonl']);
    expect(await complete('summa', 'help', 'lo')).toEqual(['login', 'logout']);
  });

  it.runIf(isInstalled('zsh'))('in zsh completes commands, options, their values and words', async () => {
    const script = join(folder, 'completion.zsh');
    await writeFile(script, (await runSumma(['completion', 'zsh'])).stdout);
    // Completion of zsh works in a terminal only. Each line must, once Tab was pressed, show what is behind the arrow.
    const cases = [
      ['summa log', 'logout'],
      ['summa runs --fi', '--filter'],
      ['summa export --format a', '--format arrow'],
      ['summa keys re', 'keys revoke'],
    ] as const;
    const presses = cases.map(
      ([line, shown]) =>
        `zpty -w -n z $'\\C-u${line}\\t'; zpty -r -m z seen '*${shown}*' && print -r -- '${line} -> ${shown}'`,
    );
    const ask = `zmodload zsh/zpty; zpty z zsh -f -i
      zpty -w z "autoload -Uz compinit; compinit -u -d ${join(folder, 'zcompdump')}; source ${script}; echo re''ady"
      zpty -r -m z seen '*ready*'
      ${presses.join('\n')}
      zpty -d z`;
    const { stdout } = await promisify(execFile)('zsh', ['-fc', ask], { cwd: folder, timeout: 60_000 });
    expect(stdout.trim().split('\n')).toEqual(cases.map(([line, shown]) => `${line} -> ${shown}`));
  });

  it.runIf(isInstalled('fish'))('in fish completes commands, options, their values, words and files', async () => {
    await writeFile(join(folder, 'rows.jsonl'), '');
    const script = join(folder, 'completion.fish');
    await writeFile(script, (await runSumma(['completion', 'fish'])).stdout);
    const complete = async (line: string) => {
      const ask = `source ${script}; complete -C '${line}'`;
      const { stdout } = await promisify(execFile)('fish', ['--no-config', '-c', ask], {
        cwd: folder,
        env: { ...process.env, HOME: folder },
      });
      return stdout
        .trim()
        .split('\n')
        .map((answer) => answer.split('\t', 1)[0]);
    };
    expect((await complete('summa run')).sort()).toEqual(['run', 'runs']);
    expect(await complete('summa runs --fi')).toEqual(['--filter']);
    expect(await complete('summa export --format ')).toEqual(['arrow', 'csv', 'ndjson']);
    expect(await complete('summa keys re')).toEqual(['revoke']);
    expect(await complete('summa import ro')).toEqual(['rows.jsonl']);
  });
});

/** An address where nobody listens. */
async function deserted(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo; // a TCP server's address is no string
  probe.close();
  await once(probe, 'close');
  return `http://127.0.0.1:${port}`;
}

function isInstalled(shell: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((path) => existsSync(join(path, shell)));
}
