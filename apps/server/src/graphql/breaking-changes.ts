import { buildSchema, findBreakingChanges } from 'graphql';

/** What of one schema text no longer holds in another: sentences, sorted; empty when every operation still works. */
export function breakingChanges(before: string, after: string): string[] {
  const changes = findBreakingChanges(buildSchema(before), buildSchema(after));
  return changes.map((change) => change.description).sort((a, b) => (a < b ? -1 : 1));
}
