import type { RequestContext } from '../access/request-context.ts';
import { changeRun } from './change-run.ts';
import { distinctTags } from './run-attributes.ts';
import { mergeRunDocument, storedDocument } from './run-document-input.ts';
import type { RunRecord } from './run-record.ts';
import type { RunStart } from './start-run.ts';

/** Makes a run running again with all that it has; config is merged by top-level key, attributes that are given replace its own. */
export function resumeRun(
  context: RequestContext,
  run: RunRecord,
  { input, config, metadata }: RunStart,
): Promise<RunRecord> {
  return changeRun(context.services, { projectId: run.projectId, runId: run.id }, (known) => ({
    changes: {
      state: 'running',
      exitCode: null,
      finishedAt: null,
      startedAt: context.services.clock(),
      displayName: input.displayName ?? undefined,
      group: input.group ?? undefined,
      jobType: input.jobType ?? undefined,
      tags: input.tags ? distinctTags(input.tags) : undefined,
      notes: input.notes ?? undefined,
      metadata: metadata ? storedDocument(metadata) : undefined,
    },
    config: mergeRunDocument(known.config, { set: config, remove: [], path: ['config'] }),
    heard: true,
  }));
}
