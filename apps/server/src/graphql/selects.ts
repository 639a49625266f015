import {
  type FieldNode,
  type FragmentSpreadNode,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  type InlineFragmentNode,
  type SelectionNode,
} from 'graphql';

/**
 * Whether a field is asked for directly below the one that is being resolved, so that its work may begin at once. Fragments are looked
 * into whatever type they are on.
 */
export function selects(info: GraphQLResolveInfo, name: string): boolean {
  return info.fieldNodes.some((node) => selectsIn(info, node.selectionSet?.selections, name));
}

function selectsIn(info: GraphQLResolveInfo, selections: readonly SelectionNode[] = [], name: string): boolean {
  return selections.some((selection) => {
    if (!isIncluded(info, selection)) return false;
    if (selection.kind === 'Field') return selection.name.value === name;
    const fragment = selection.kind === 'FragmentSpread' ? info.fragments[selection.name.value] : selection;
    return selectsIn(info, fragment?.selectionSet.selections, name);
  });
}

function isIncluded(
  { variableValues }: GraphQLResolveInfo,
  selection: FieldNode | FragmentSpreadNode | InlineFragmentNode,
): boolean {
  if (selection.directives?.length === 0) return true;
  const skipped = getDirectiveValues(GraphQLSkipDirective, selection, variableValues)?.if === true;
  return !skipped && getDirectiveValues(GraphQLIncludeDirective, selection, variableValues)?.if !== false;
}
