import { SummaClientError } from '@summa/client/query';
import { isJsonObject, type JsonObject } from '@summa/core/json/json-value';
import { fromWire, toWire } from '@summa/core/json/wire-json';
import { parseKey } from '@summa/core/key/key-path';
import { useMemo } from 'react';
import { failureText } from '../../api/failure.ts';
import { execute } from '../../api/query.ts';
import { queryClient } from '../../api/query-client.ts';
import {
  OverviewDefineMetricDocument,
  OverviewUpdateRunDocument,
  OverviewUpdateSummaryDocument,
  type RunOverviewQuery,
} from '../../generated/graphql.ts';
import type { RunName } from '../../live/pulse.ts';
import { toast } from '../../ui/toast-store.ts';
import { type DefinitionChange, definitionBack } from './definition-form.ts';
import { type RunChange, undoOfRun } from './run-change.ts';
import type { OverviewRun } from './summary-tree.ts';
import { type SummaryChange, undoOf } from './undo-of.ts';
import { overviewQuery } from './use-overview.ts';
import { withValueAt } from './value-tree.ts';

/** What a change is called when it is done, such as "loss was set." */
export interface ChangeOptions {
  readonly done: string;
  /** The revision of the summary that the person has seen; the one in the page unless given. */
  readonly seen?: number | undefined;
}

/** What may be changed on the overview. Each shows at once, can be taken back for eight seconds, and is undone when refused. */
export interface Edits {
  /** Rejects when the server refuses; an error with the code REVISION_CONFLICT when somebody was faster. */
  readonly summary: (change: SummaryChange, options: ChangeOptions) => Promise<void>;
  readonly run: (change: RunChange, options: ChangeOptions) => Promise<void>;
  readonly define: (change: DefinitionChange, options: ChangeOptions) => Promise<void>;
  /** The revision of the summary that is shown by now. */
  readonly newestRevision: () => number;
}

/** The changes of the run that a page shows. */
export function useEdits({ entity, project, run }: RunName): Edits {
  return useMemo(() => editsOf({ entity, project, run }), [entity, project, run]);
}

/** Whether a change was refused because the summary is another one by now. */
export function isConflict(error: unknown): boolean {
  return error instanceof SummaClientError && error.code === 'REVISION_CONFLICT';
}

function editsOf(name: RunName): Edits {
  const { queryKey } = overviewQuery(name);
  const current = (): OverviewRun => {
    const run = queryClient.getQueryData<RunOverviewQuery>(queryKey)?.run;
    if (!run) throw new Error('The run is not loaded yet.');
    return run;
  };
  const write = (change: (run: OverviewRun) => OverviewRun) =>
    queryClient.setQueryData<RunOverviewQuery>(queryKey, (data) => (data?.run ? { run: change(data.run) } : data));
  /** Shows a change at once; takes it back when the server refuses it. */
  const optimistic = async (guess: (run: OverviewRun) => OverviewRun, send: () => Promise<void>) => {
    // What is on its way would show the time before the change.
    await queryClient.cancelQueries({ queryKey });
    write(guess);
    try {
      await send();
    } catch (error) {
      await queryClient.refetchQueries({ queryKey });
      throw error;
    }
  };
  const undoing = (undo: () => Promise<void>) => () => {
    undo().catch((error: unknown) => {
      const text = isConflict(error) ? 'the summary has been changed again since.' : failureText(error);
      toast({ text: `It was not undone: ${text}` });
    });
  };

  async function summary(change: SummaryChange, { done, seen }: ChangeOptions): Promise<void> {
    const before = current();
    const { clear, delete: deleted, set } = change;
    const input = {
      runId: before.id,
      expectedRevision: seen ?? before.summary.revision,
      ...(clear && { clear: [...clear] }),
      ...(deleted && { delete: [...deleted] }),
      ...(set && { set: toWire(set) as JsonObject }),
    };
    await optimistic(
      (run) => ({ ...run, summary: { ...run.summary, document: guessDocument(run.summary.document, change) } }),
      async () => {
        const { summary: after } = (await execute(OverviewUpdateSummaryDocument, { input })).updateSummary;
        const { run: changed, ...shown } = after;
        write((run) => ({ ...run, revision: Math.max(run.revision, changed.revision), summary: shown }));
        const back = undoOf(before.summary.explicit, shown.explicit);
        const undo = back && undoing(() => summary(back, { done: '', seen: shown.revision }));
        if (done !== '') toast({ text: done, ...(undo && { undo }) });
      },
    );
  }

  async function run(change: RunChange, { done }: ChangeOptions): Promise<void> {
    const before = current();
    const { config, configDelete: _, ...plain } = change;
    const changed = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
    await optimistic(
      (shown) => ({ ...shown, ...changed }),
      async () => {
        const answer = await execute(OverviewUpdateRunDocument, { input: { ...change, runId: before.id } });
        write((shown) => ({ ...shown, ...answer.updateRun.run }));
        // The head of the page shows the name too.
        void queryClient.invalidateQueries({ queryKey: ['run', name.entity, name.project, name.run, 'pulse'] });
        const undo = undoing(() => run(undoOfRun(before, change), { done: '' }));
        if (done !== '') toast({ text: done, undo });
      },
    );
  }

  async function define(change: DefinitionChange, { done }: ChangeOptions): Promise<void> {
    const before = current();
    await queryClient.cancelQueries({ queryKey });
    const { run: answer } = (await execute(OverviewDefineMetricDocument, { input: { ...change, runId: before.id } }))
      .defineMetric;
    write((shown) => ({ ...shown, ...answer }));
    const old = before.definitions.find((definition) => definition.name === change.name);
    const undo = undoing(() => define(definitionBack(change.name, old), { done: '' }));
    if (done !== '') toast({ text: done, undo });
  }

  return { summary, run, define, newestRevision: () => current().summary.revision };
}

// What is cleared shows when the server answers, for only it knows what was logged there.
function guessDocument(document: unknown, { set, delete: deleted }: SummaryChange): JsonObject {
  let guess = isJsonObject(document) ? document : {};
  for (const key of deleted ?? []) guess = withValueAt(guess, parseKey(key), undefined);
  for (const [key, value] of Object.entries(set ?? {})) {
    guess = withValueAt(guess, parseKey(key), fromWire(toWire(value)));
  }
  return guess;
}
