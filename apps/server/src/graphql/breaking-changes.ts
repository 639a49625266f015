import { buildSchema, findBreakingChanges } from 'graphql';

/** What of one schema text no longer holds in another: sentences, sorted; empty when every operation still works. */
export function breakingChanges(before: string, after: string): string[] {
  const changes = findBreakingChanges(buildSchema(before), buildSchema(after));
  return changes.map((change) => change.description).sort((a, b) => (a < b ? -1 : 1));
}

/** Whether a release may break what the one before it promised: a new major version, or before 1.0 a new minor one. */
export function mayBreak(before: string, after: string): boolean {
  const [oldMajor = 0, oldMinor = 0] = before.split('.').map(Number);
  const [newMajor = 0, newMinor = 0] = after.split('.').map(Number);
  return newMajor > oldMajor || (oldMajor === 0 && newMajor === 0 && newMinor > oldMinor);
}
