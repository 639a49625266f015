import { isAtOrBelow } from '@summa/core/key/key-path';
import type { SummaryChangesQuery } from '../../generated/graphql.ts';

/** One change of a summary by hand, or its end. */
export type Change = NonNullable<SummaryChangesQuery['run']>['summary']['revisions']['nodes'][number];

/** The changes that concern a key: its own, and those of keys below it and above it. */
export function changesOf(changes: readonly Change[], key: string): readonly Change[] {
  return changes.filter((change) => isAtOrBelow(change.key, key) || isAtOrBelow(key, change.key));
}
