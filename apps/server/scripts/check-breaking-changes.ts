import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { breakingChanges, mayBreak } from '../src/graphql/breaking-changes.ts';
import { undatedDeprecations } from '../src/graphql/deprecations.ts';
import { printedSchema } from '../src/graphql/print-schema.ts';

const PATH = 'apps/server/schema.graphql';

/**
 * Compares the schema with that of the last release and fails when an operation that worked then no longer does, unless the version in
 * package.json is one that may break it; fails too when something is deprecated without a replacement and an end. VERSIONING.md says why.
 *
 * The last release is the newest tag `v…` that HEAD contains; `--against <file>` names another text, `-` reads it from stdin.
 */
function main(args: readonly string[]): number {
  const undated = undatedDeprecations(printedSchema());
  for (const name of undated) {
    process.stderr.write(`${name} is deprecated: say "Use … instead. Goes in <major>.0." in its reason\n`);
  }
  return undated.length > 0 || isBroken(args) ? 1 : 0;
}

function isBroken(args: readonly string[]): boolean {
  const tag = args[0] === '--against' ? null : newestRelease();
  const released = args[0] === '--against' ? readFileSync(args[1] === '-' ? 0 : (args[1] ?? ''), 'utf8') : textOf(tag);
  if (released === null) {
    process.stdout.write('there is no release yet: nothing to compare the schema with\n');
    return false;
  }
  const changes = breakingChanges(released, printedSchema());
  for (const change of changes) process.stderr.write(`${change}\n`);
  if (changes.length === 0) process.stdout.write('every operation of the last release still works\n');
  return changes.length > 0 && !(tag !== null && mayBreak(tag.replace('v', ''), currentVersion()));
}

function currentVersion(): string {
  return JSON.parse(readFileSync('package.json', 'utf8')).version;
}

function textOf(tag: string | null): string | null {
  return tag === null ? null : git('show', `${tag}:${PATH}`);
}

function newestRelease(): string | null {
  try {
    return git('describe', '--tags', '--abbrev=0', '--match', 'v*').trim();
  } catch {
    // git says so when no tag leads to HEAD.
    return null;
  }
}

function git(...args: string[]): string {
  return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

process.exitCode = main(process.argv.slice(2));
