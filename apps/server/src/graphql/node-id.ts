import { ServerError } from '../server-error.ts';
import type { RunRef } from '../services.ts';
import { isUuid } from '../uuid-v7.ts';

/** What has a node id, with the number of ids that lead to it. */
const PARTS = { User: 1, ApiKey: 1, Entity: 1, Project: 1, Run: 2 } as const;

/** The types that implement `Node`. */
export type NodeType = keyof typeof PARTS;

/** A node id taken apart: its type and the ids that lead to the thing (for a run its project and itself). */
export interface NodeId {
  readonly type: NodeType;
  readonly parts: readonly string[];
}

type ErrorPath = readonly (string | number)[];

/** The id under which a thing is known to the outside. */
export function formatNodeId(type: NodeType, ...parts: string[]): string {
  return Buffer.from([type, ...parts].join(':')).toString('base64url');
}

/** The node id of a run. */
export function formatRunId(run: { readonly projectId: string; readonly id: string }): string {
  return formatNodeId('Run', run.projectId, run.id);
}

/** Takes a node id apart. @throws ServerError INVALID_ID when this server never made it */
export function parseNodeId(id: string, path: ErrorPath = ['id']): NodeId {
  const [type = '', ...parts] = Buffer.from(id, 'base64url').toString('utf8').split(':');
  if (!isNodeType(type) || parts.length !== PARTS[type] || formatNodeId(type, ...parts) !== id) throw invalid(id, path);
  const areWhole = type === 'ApiKey' ? /^[0-9a-z]{12,16}$/.test(parts[0] ?? '') : parts.every(isUuid);
  if (!areWhole) throw invalid(id, path);
  return { type, parts };
}

/** The run that a node id names. @throws ServerError INVALID_ID also when it names something else */
export function parseRunId(id: string, path: ErrorPath = ['runId']): RunRef {
  const [projectId = '', runId = ''] = partsOf(id, 'Run', path);
  return { projectId, runId };
}

/** The one id behind a node id of this type. @throws ServerError INVALID_ID also when it names something else */
export function parseNodeIdOf(type: Exclude<NodeType, 'Run'>, id: string, path: ErrorPath): string {
  return partsOf(id, type, path)[0] ?? '';
}

function partsOf(id: string, type: NodeType, path: ErrorPath): readonly string[] {
  const node = parseNodeId(id, path);
  if (node.type === type) return node.parts;
  throw new ServerError('INVALID_ID', `this is the id of a ${node.type}, not of a ${type}`, path);
}

function isNodeType(type: string): type is NodeType {
  return Object.hasOwn(PARTS, type);
}

function invalid(id: string, path: ErrorPath): ServerError {
  const shown = id.length > 80 ? `${id.slice(0, 80)}…` : id;
  return new ServerError(
    'INVALID_ID',
    `${JSON.stringify(shown)} is not the id of anything; take ids from the fields called id`,
    path,
  );
}
