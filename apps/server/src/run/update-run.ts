import { requireRun } from '../access/project-access.ts';
import type { RequestContext } from '../access/request-context.ts';
import { LIMITS } from '../limits.ts';
import type { RunRef } from '../services.ts';
import { checkCount } from '../text-input.ts';
import { changeRun } from './change-run.ts';
import { checkRunAttributes, distinctTags, type RunAttributes } from './run-attributes.ts';
import { mergeRunDocument, readRunDocument, storedDocument } from './run-document-input.ts';
import type { RunRecord } from './run-record.ts';

/** What is to be changed of a run; what is left out stays. `group` and `jobType` are taken away by null. */
export interface UpdateRunInput extends RunAttributes {
  /** Merged into the config by top-level key. */
  readonly config?: unknown;
  /** Top-level keys of the config that go, before `config` is merged. */
  readonly configDelete?: readonly string[] | null | undefined;
  /** Replaces the metadata as a whole. */
  readonly metadata?: unknown;
}

/**
 * Changes what people say of a run, its config or its metadata, at any time of its life.
 *
 * @throws ServerError RUN_NOT_FOUND, FORBIDDEN, and what attributes and documents may throw
 */
export async function updateRun(context: RequestContext, ref: RunRef, input: UpdateRunInput): Promise<RunRecord> {
  checkRunAttributes(input);
  checkCount(input.configDelete, LIMITS.keys, ['configDelete']);
  const set = readRunDocument(input.config ?? {}, ['config']);
  const remove = input.configDelete ?? [];
  const metadata = input.metadata == null ? undefined : storedDocument(readRunDocument(input.metadata, ['metadata']));
  await requireRun(context, ref, 'write');
  const touchesConfig = remove.length > 0 || Object.keys(set).length > 0;
  return changeRun(context.services, ref, (known) => ({
    changes: {
      displayName: input.displayName ?? undefined,
      notes: input.notes ?? undefined,
      group: input.group,
      jobType: input.jobType,
      tags: input.tags ? distinctTags(input.tags) : undefined,
      metadata,
    },
    config: touchesConfig ? mergeRunDocument(known.config, { set, remove, path: ['config'] }) : null,
  }));
}
