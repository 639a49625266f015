import { useShortcut } from '../../keyboard/shortcuts.ts';
import { isMark, metricOf, type RowActs } from './summary-rows.ts';
import type { SummaryTree } from './summary-tree.ts';
import type { TreeNode } from './value-tree.ts';

/** Keys of the keyboard for the row that has the focus. */
export function useRowKeys(nodes: readonly TreeNode[], tree: SummaryTree, acts: RowActs, mayWrite: boolean): void {
  const withRow = (act: (node: TreeNode) => void) => () => {
    const row = document.activeElement?.closest<HTMLElement>('[role="treegrid"][aria-label="Summary"] [data-row]');
    const node = nodes.find((each) => each.id === row?.dataset.row);
    if (node && node.kind !== 'group') act(node);
  };
  const writing = (act: (node: TreeNode) => void) => withRow((node) => mayWrite && act(node));
  useShortcut('e', 'Set the chosen value of the summary', writing(acts.set));
  useShortcut(
    'd',
    'Define the chosen metric',
    writing((node) => metricOf(tree, node) !== undefined && acts.define(node)),
  );
  useShortcut(
    'Delete',
    'Delete the chosen value of the summary',
    writing((node) => !isMark(node) && acts.remove(node)),
  );
  useShortcut('y', 'Copy the chosen value of the summary', withRow(acts.copy));
}
