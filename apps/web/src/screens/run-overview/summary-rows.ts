import { DELETED, LEFT_OUT, type SummaryTree } from './summary-tree.ts';
import type { TreeNode } from './value-tree.ts';

/** What can be done with a row. */
export interface RowActs {
  readonly set: (node: TreeNode) => void;
  readonly define: (node: TreeNode) => void;
  readonly remove: (node: TreeNode) => void;
  readonly clear: (node: TreeNode) => void;
  readonly copy: (node: TreeNode) => void;
}

/** The metric that a row belongs to; undefined for a value that was only set by hand. */
export function metricOf(tree: SummaryTree, node: TreeNode): string | undefined {
  return tree.metrics.has(node.key) ? node.key : tree.statistics.get(node.key)?.metric;
}

/** Whether a row is more than one of several statistics, of which the metric's row tells more. */
export function isOwnRow(tree: SummaryTree, node: TreeNode): boolean {
  const place = tree.statistics.get(node.key);
  return place === undefined || place.metric === node.key;
}

/** Whether a row stands for a value that is not in the document. */
export function isMark({ value }: TreeNode): boolean {
  return value === DELETED || value === LEFT_OUT;
}
