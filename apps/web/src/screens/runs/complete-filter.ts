import type { FilterGroup, FilterNode } from './filter-tree.ts';

/** The filter without what is not finished: conditions that compare with nothing yet, and groups without any. */
export function completeFilter(filter: FilterGroup): FilterGroup {
  return { ...filter, items: filter.items.flatMap((item) => completeNode(item) ?? []) };
}

function completeNode(node: FilterNode): FilterNode | null {
  if (node.kind === 'condition') return node.operator !== 'exists' && node.operand === '' ? null : node;
  const group = completeFilter(node);
  return group.items.length === 0 ? null : group;
}
