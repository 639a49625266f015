import {
  DefineMetricDocument,
  FinishRunDocument,
  UpdateRunDocument,
  UpdateSummaryDocument,
} from '../generated/graphql.ts';
import type { Execute } from '../transport/execute.ts';
import type { Endpoint } from '../transport/post-graphql.ts';
import type { OutgoingChange, OutgoingFiles, RunChange, SendItems } from './outgoing.ts';
import { createRowSender } from './row-sender.ts';

/** The run that items are sent into. */
export interface SenderTarget {
  readonly runId: string;
  readonly writer: string;
  /** How many of the writer's rows the server has already. */
  readonly acceptedRows: number;
}

/** What a run's sender works with. */
export interface RunSenderParts {
  readonly endpoint: Endpoint;
  readonly execute: Execute;
  /** Resolves to the run, which has to be started first when the server was away; asked before each request until it does. */
  readonly target: (signal: AbortSignal) => Promise<SenderTarget>;
  readonly sendFiles: (item: OutgoingFiles, upload: { runId: string; signal: AbortSignal }) => Promise<void>;
  /** Called after each stored batch of rows with how many of the writer's rows the server has now. */
  readonly onStored?: (acceptedRows: number) => void;
}

/** Sends whatever may be queued of one run. */
export function createRunSender({ endpoint, execute, target, sendFiles, onStored }: RunSenderParts): SendItems {
  let known: SenderTarget | null = null;
  let sendRows: ReturnType<typeof createRowSender> | null = null;
  return async (items, signal) => {
    known ??= await target(signal);
    const { runId } = known;
    const [first] = items;
    if (first?.kind === 'files') return sendFiles(first, { runId, signal });
    if (first?.kind === 'change') {
      const changes = items.filter((item): item is OutgoingChange => item.kind === 'change');
      return sendChange(execute, joinChanges(changes), { runId, signal });
    }
    sendRows ??= createRowSender(endpoint, { ...known, ...(onStored && { onStored }) });
    const texts = items.flatMap((item) => (item.kind === 'row' ? [item.text] : []));
    return sendRows(texts, signal);
  };
}

/** The one change that these are: values that were set one after the other are set together. */
function joinChanges(changes: readonly OutgoingChange[]): RunChange {
  const [first] = changes;
  if (first === undefined) throw new Error('there is no change to send');
  if (changes.length === 1) return first.change;
  const set = Object.fromEntries(changes.flatMap(({ change }) => Object.entries(setOf(change))));
  return { kind: 'summary', input: { set } };
}

function setOf(change: RunChange): object {
  return (change.kind === 'summary' && (change.input.set as object | undefined)) || {}; // a set is an object of values by key
}

async function sendChange(
  execute: Execute,
  change: RunChange,
  { runId, signal }: { readonly runId: string; readonly signal: AbortSignal },
): Promise<void> {
  switch (change.kind) {
    case 'define':
      await execute(DefineMetricDocument, { input: { runId, ...change.input } }, { signal });
      return;
    case 'summary':
      await execute(UpdateSummaryDocument, { input: { runId, ...change.input } }, { signal });
      return;
    case 'update':
      await execute(UpdateRunDocument, { input: { runId, ...change.input } }, { signal });
      return;
    case 'finish':
      await execute(FinishRunDocument, { input: { runId, exitCode: change.exitCode } }, { signal });
  }
}
