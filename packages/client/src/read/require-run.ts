import { clientError } from '../error-families.ts';

/** The run that `node(id)` answered with; throws RUN_NOT_FOUND when it is gone or the id is of something else. */
export function requireRun<Node extends { readonly __typename: string }>(
  node: Node | null,
  id: string,
): Extract<Node, { readonly __typename: 'Run' }> {
  if (node?.__typename === 'Run') return node as Extract<Node, { readonly __typename: 'Run' }>; // as just checked
  throw clientError('RUN_NOT_FOUND', `There is no run with id ${id}, or the key may not see it.`);
}
