import type { JsonValue } from '@summa/core/json/json-value';
import { History, Plus, Sigma } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { failureText } from '../../api/failure.ts';
import { prettyJson } from '../../format/pretty-json.ts';
import type { RunName } from '../../live/pulse.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { CopyButton, copyText } from '../../ui/copy.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SearchInput, Select } from '../../ui/field.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { toast } from '../../ui/toast-store.ts';
import { Changes } from './changes.tsx';
import { DefineDialog } from './define-dialog.tsx';
import { DefinitionsSection } from './definitions-section.tsx';
import css from './run-overview.module.css';
import { Section } from './section.tsx';
import { SetValueDialog } from './set-value-dialog.tsx';
import { rowParts } from './summary-row.tsx';
import { isMark, isOwnRow, metricOf, type RowActs } from './summary-rows.ts';
import { type OverviewRun, type SummaryShow, summaryTree } from './summary-tree.ts';
import { type RowParts, TreeGrid } from './tree-grid.tsx';
import { isConflict, useEdits } from './use-edits.ts';
import { useOverviewSearch } from './use-overview-search.ts';
import { useRowKeys } from './use-row-keys.ts';
import { useShownSteps } from './use-shown-steps.ts';
import { ValueDetail } from './value-detail.tsx';
import { oneLine } from './value-form.ts';
import { searchTree, type TreeNode, treeRows } from './value-tree.ts';

export interface SummarySectionProps {
  readonly name: RunName;
  readonly run: OverviewRun;
  readonly isRunning: boolean;
}

type Asking =
  | { readonly kind: 'set'; readonly at: string | null; readonly value: JsonValue | undefined; readonly seen: number }
  | { readonly kind: 'define'; readonly metric: string }
  | { readonly kind: 'changes' };

/** The summary of a run: every value with what it is made of, to be searched, changed and copied. */
export function SummarySection({ name, run, isRunning }: SummarySectionProps) {
  const { search, turned, open, change, turn, toggleDetail } = useOverviewSearch();
  const show: SummaryShow = search.show ?? 'shown';
  const { summary, definitions, historyKeys, readOnly } = run;
  const tree = useMemo(
    () => summaryTree({ summary, definitions, historyKeys }, show),
    [summary, definitions, historyKeys, show],
  );
  const sought = useDeferredValue(search.q ?? '');
  const rows = useMemo(
    () => treeRows(searchTree(tree.nodes, sought), { turned, allOpen: sought !== '' }),
    [tree, sought, turned],
  );
  const [asking, setAsking] = useState<Asking>();
  const edits = useEdits(name);
  const attempt = (work: Promise<void>) =>
    work.catch((error: unknown) =>
      toast({
        text: isConflict(error)
          ? 'Nothing was changed: somebody changed the summary a moment ago. You see it as it is now.'
          : `Nothing was changed: ${failureText(error)}`,
      }),
    );
  const acts: RowActs = {
    set: (node) => setAsking({ kind: 'set', at: node.key, value: editable(node), seen: summary.revision }),
    define: (node) => setAsking({ kind: 'define', metric: metricOf(tree, node) ?? '' }),
    remove: (node) => void attempt(edits.summary({ delete: [node.key] }, { done: `${node.key} was deleted.` })),
    clear: (node) =>
      void attempt(edits.summary({ clear: [node.key] }, { done: `${node.key} shows again what was logged.` })),
    copy: (node) => void copyText(copiedText(node)),
  };
  useRowKeys(
    rows.map((row) => row.node),
    tree,
    acts,
    !readOnly,
  );
  const steps = useShownSteps(name, tree);
  const parts = (node: TreeNode): RowParts => rowParts({ node, tree, steps, acts, readOnly });
  const total = tree.nodes.reduce((sum, node) => sum + node.leafCount, 0);
  const saveValue = async (key: string, value: JsonValue) => {
    if (asking?.kind !== 'set') return;
    try {
      await edits.summary({ set: { [key]: value } }, { done: `${key} was set.`, seen: asking.seen });
    } catch (error) {
      if (!isConflict(error)) throw error;
      setAsking({ ...asking, seen: edits.newestRevision() });
      throw new Error(
        'Somebody changed the summary since you opened this. Behind it you see what it shows now. Save again to set your value all the same.',
      );
    }
  };
  return (
    <>
      <Section
        title="Summary"
        count={total}
        tools={
          <>
            <SearchInput
              className={css.search}
              label="Search the summary"
              value={search.q ?? ''}
              onChange={(q) => change({ q })}
            />
            <Select
              className={css.select}
              aria-label="Which values"
              value={show}
              onChange={(event) =>
                change({ show: event.target.value === 'shown' ? undefined : (event.target.value as 'hand' | 'all') })
              }
            >
              <option value="shown">All that it shows</option>
              <option value="hand">Changed by hand</option>
              <option value="all">Left out too</option>
            </Select>
            <span className={css.iconTools}>
              <CopyButton text={prettyJson(tree.document)} label="Copy the summary as JSON" />
              <IconButton label="Changes by hand" onClick={() => setAsking({ kind: 'changes' })}>
                <History aria-hidden />
              </IconButton>
              {!readOnly && (
                <>
                  <IconButton label="Define a metric" onClick={() => setAsking({ kind: 'define', metric: '' })}>
                    <Sigma aria-hidden />
                  </IconButton>
                  <IconButton
                    label="Add a value"
                    onClick={() => setAsking({ kind: 'set', at: null, value: undefined, seen: summary.revision })}
                  >
                    <Plus aria-hidden />
                  </IconButton>
                </>
              )}
            </span>
          </>
        }
      >
        {rows.length === 0 ? (
          <NoRows
            isSought={sought !== ''}
            show={show}
            isRunning={isRunning}
            onReset={() => change({ q: undefined, show: undefined })}
          />
        ) : (
          <TreeGrid
            label="Summary"
            rows={rows}
            openDetails={open}
            parts={parts}
            onTurn={(node) => turn(node.id)}
            onDetail={(node) => toggleDetail(node.id)}
            hasDetail={(node) => isOwnRow(tree, node)}
            detail={(node) => (
              <ValueDetail
                name={name}
                node={node}
                tree={tree}
                revision={summary.revision}
                acts={readOnly ? undefined : acts}
              />
            )}
          />
        )}
      </Section>
      <DefinitionsSection
        definitions={definitions}
        onDefine={readOnly ? undefined : (metric) => setAsking({ kind: 'define', metric })}
      />
      {asking?.kind === 'set' && (
        <SetValueDialog
          title={asking.at === null ? 'Add a value' : `Set ${oneLine(asking.at, 60)}`}
          description={
            asking.at !== null && tree.metrics.has(asking.at)
              ? 'It holds until the metric is logged again or you take it back. Statistics go on underneath.'
              : 'It is marked as set by you.'
          }
          at={asking.at}
          value={asking.value}
          onSave={saveValue}
          onClose={() => setAsking(undefined)}
        />
      )}
      {asking?.kind === 'define' && (
        <DefineDialog
          name={asking.metric}
          definitions={definitions}
          metrics={[...tree.metrics.keys()]}
          onSave={(definition) => edits.define(definition, { done: `${definition.name} was defined.` })}
          onClose={() => setAsking(undefined)}
        />
      )}
      {asking?.kind === 'changes' && (
        <Dialog title="Changes by hand" open wide onClose={() => setAsking(undefined)}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
          <section className={css.allChanges} tabIndex={0} aria-label="All changes">
            <Changes name={name} revision={summary.revision} />
          </section>
        </Dialog>
      )}
    </>
  );
}

interface NoRowsProps {
  readonly isSought: boolean;
  readonly show: SummaryShow;
  readonly isRunning: boolean;
  readonly onReset: () => void;
}

function NoRows({ isSought, show, isRunning, onReset }: NoRowsProps) {
  if (isSought || show !== 'shown') {
    return (
      <EmptyState
        title={isSought ? 'No value is like that' : 'Nobody has changed anything by hand'}
        actions={<Button onClick={onReset}>Show all values</Button>}
      />
    );
  }
  return (
    <EmptyState title="Nothing was logged yet">
      {isRunning ? 'Values appear here as soon as the run logs them.' : 'The run ended without logging a value.'}
    </EmptyState>
  );
}

function editable(node: TreeNode): JsonValue | undefined {
  return isMark(node) || node.kind === 'metric' ? undefined : node.value;
}

function copiedText(node: TreeNode): string {
  if (node.kind === 'group' || isMark(node)) return node.key;
  return typeof node.value === 'string' ? node.value : prettyJson(node.value);
}
