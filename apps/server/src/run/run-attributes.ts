import { LIMITS } from '../limits.ts';
import { ServerError } from '../server-error.ts';
import { checkCount, checkLength } from '../text-input.ts';

/** What people say of a run, as a caller sends it: null or undefined is nothing said. */
export interface RunAttributes {
  readonly displayName?: string | null | undefined;
  readonly tags?: readonly string[] | null | undefined;
  readonly notes?: string | null | undefined;
  readonly group?: string | null | undefined;
  readonly jobType?: string | null | undefined;
}

/** Returns when all attributes may be stored. @throws ServerError TEXT_TOO_LONG, LIST_TOO_LONG, INVALID_INPUT */
export function checkRunAttributes(attributes: RunAttributes): void {
  checkLength(attributes.displayName, 'title', ['displayName']);
  checkLength(attributes.notes, 'prose', ['notes']);
  checkLength(attributes.group, 'label', ['group']);
  checkLength(attributes.jobType, 'label', ['jobType']);
  checkCount(attributes.tags, LIMITS.tags, ['tags']);
  for (const [i, tag] of (attributes.tags ?? []).entries()) {
    checkLength(tag, 'label', ['tags', i]);
    if (tag.trim() === '') throw new ServerError('INVALID_INPUT', `tag ${i} is empty; leave it out`, ['tags', i]);
  }
}

/** Tags without repeats, in the order given. */
export function distinctTags(tags: readonly string[]): string[] {
  return [...new Set(tags)];
}
