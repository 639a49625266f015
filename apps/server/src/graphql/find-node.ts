import { brandWithType } from '@pothos/core';
import { findOwnApiKey } from '../access/api-keys.ts';
import { requireScope } from '../access/caller.ts';
import { findEntityFor, findProjectFor, findRunFor } from '../access/project-access.ts';
import type { RequestContext } from '../access/request-context.ts';
import { decodeFilePath, type NodeType, parseNodeId } from './node-id.ts';

type Finder = (context: RequestContext, id: string, second: string, third: string) => Promise<object | null>;

const FINDERS: Record<NodeType, Finder> = {
  User: (context, id) => context.loaders.users.load(id),
  ApiKey: async (context, id) => {
    requireScope(context.caller, 'ADMIN');
    return findOwnApiKey(context, id);
  },
  Entity: async (context, id) => {
    const entity = await context.loaders.entities.load(id);
    return entity && findEntityFor(context, entity.name, 'read');
  },
  Project: (context, id) => findProjectFor(context, id, 'read'),
  Run: (context, projectId, runId) => findRunFor(context, { projectId, runId }, 'read'),
  File: async (context, projectId, runId, encodedPath) => {
    const run = await findRunFor(context, { projectId, runId }, 'read');
    return run && context.loaders.files.load({ projectId, runId, path: decodeFilePath(encodedPath) });
  },
  // It has an id, but it is no thing that anybody reads.
  Upload: async () => null,
};

/**
 * The thing with this node id, if the caller may see it; null when he may not or it is not there.
 *
 * @throws ServerError INVALID_ID
 */
export async function findNode(context: RequestContext, id: string): Promise<object | null> {
  const { type, parts } = parseNodeId(id);
  const node = await FINDERS[type](context, parts[0] ?? '', parts[1] ?? '', parts[2] ?? '');
  // Pothos tells the types of an interface apart by a mark on the value.
  if (node) brandWithType(node, type as never);
  return node;
}
