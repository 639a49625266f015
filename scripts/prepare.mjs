// Makes a checkout ready to run: packages installed, code generated and built. Plain Node, because it runs before anything
// is installed. Every step is skipped when nothing it depends on has changed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top of the checkout. */
export const root = fileURLToPath(new URL('..', import.meta.url));

const rootPackage = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Installs what the lockfile says, then runs these turbo tasks. Ends the process with a sentence when a step fails. */
export function prepare(...tasks) {
  checkNode();
  install();
  runTasks(tasks);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Summa needs Node 20.19 or newer; this is ${process.versions.node}`);
}

function install() {
  const stampFile = join(root, 'node_modules/.summa-installed');
  const stamp = installStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  const pnpm = rootPackage.packageManager;
  step('installing packages', () =>
    run([npx(), '--yes', pnpm, 'install', '--frozen-lockfile', '--prefer-offline'], {
      shown: true,
      env: { CI: 'true' },
    }),
  );
  writeFileSync(stampFile, stamp);
}

/** Changes when an installation would: with the lockfile, and with the machine that the packages were chosen for. */
function installStamp() {
  const lock = readFileSync(join(root, 'pnpm-lock.yaml'));
  const machine = `${rootPackage.packageManager} ${process.platform} ${process.arch} node ${process.versions.modules}`;
  return `${createHash('sha256').update(lock).digest('hex')} ${machine}\n`;
}

function runTasks(tasks) {
  // turbo runs each task through pnpm, which is one of the packages, and finds it by the path.
  const PATH = `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH}`;
  const turbo = join(root, 'node_modules/turbo/bin/turbo');
  step('building what has changed', () =>
    run([process.execPath, turbo, 'run', ...tasks, '--output-logs=errors-only', '--ui=stream'], { env: { PATH } }),
  );
}

/** npm's own npx, which comes with Node; the one on the path when we were not started by npm. */
function npx() {
  const beside = join(dirname(process.execPath), 'npx');
  return existsSync(beside) ? beside : 'npx';
}

function step(what, work) {
  const began = Date.now();
  process.stderr.write(`summa: ${what} ...\n`);
  const { status, output } = work();
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  if (status !== 0) {
    process.stderr.write(output);
    fail(`${what} failed after ${seconds} s; what it said is above`);
  }
  process.stderr.write(`summa: ${what} took ${seconds} s\n`);
}

/** Runs a command; what it says is seen as it happens (on a terminal, or when `shown`), else only when it fails. */
function run([command, ...args], { env = {}, shown = process.stderr.isTTY === true } = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', shown ? process.stderr.fd : 'pipe', shown ? process.stderr.fd : 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, ...quiet, ...env },
  });
  return {
    status: result.status,
    output: `${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}\n`,
  };
}

/** Nothing that runs here reports home or asks for updates. */
export const quiet = {
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  DO_NOT_TRACK: '1',
  CHECKPOINT_DISABLE: '1',
  NPM_CONFIG_UPDATE_NOTIFIER: 'false',
};

function fail(message) {
  process.stderr.write(`summa: ${message}\n`);
  process.exit(1);
}
