import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { breakingChanges } from '../src/graphql/breaking-changes.ts';
import { printedSchema } from '../src/graphql/print-schema.ts';

const PATH = 'apps/server/schema.graphql';

/**
 * Compares the schema with that of the last release and fails when an operation that worked then no longer does.
 *
 * The last release is the newest tag `v…` that HEAD contains; `--against <file>` names another text, `-` reads it from stdin.
 */
function main(args: readonly string[]): number {
  const released =
    args[0] === '--against' ? readFileSync(args[1] === '-' ? 0 : (args[1] ?? ''), 'utf8') : releasedSchema();
  if (released === null) {
    process.stdout.write('there is no release yet: nothing to compare the schema with\n');
    return 0;
  }
  const changes = breakingChanges(released, printedSchema());
  for (const change of changes) process.stderr.write(`${change}\n`);
  if (changes.length === 0) process.stdout.write('every operation of the last release still works\n');
  return changes.length === 0 ? 0 : 1;
}

/** The schema as the newest release had it, or null when there is no release. */
function releasedSchema(): string | null {
  const tag = newestRelease();
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
