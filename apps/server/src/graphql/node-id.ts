import type { FileRef } from '../file/file-store.ts';
import type { UploadRef } from '../file/upload-store.ts';
import { ServerError } from '../server-error.ts';
import type { RunRef } from '../services.ts';
import { isUuid } from '../uuid-v7.ts';

/** What has a node id, with the number of ids that lead to it; a file's last one is its path. */
const PARTS = { User: 1, ApiKey: 1, Entity: 1, Project: 1, Run: 2, File: 3, Upload: 2 } as const;

/** What has an id. */
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

/** The node id of a file. */
export function formatFileId({ projectId, runId, path }: FileRef): string {
  return formatNodeId('File', projectId, runId, Buffer.from(path).toString('base64url'));
}

/** Takes a node id apart. @throws ServerError INVALID_ID when this server never made it */
export function parseNodeId(id: string, path: ErrorPath = ['id']): NodeId {
  const [type = '', ...parts] = Buffer.from(id, 'base64url').toString('utf8').split(':');
  if (!isNodeType(type) || parts.length !== PARTS[type] || formatNodeId(type, ...parts) !== id) throw invalid(id, path);
  if (!areWhole(type, parts)) throw invalid(id, path);
  return { type, parts };
}

/** The run that a node id names. @throws ServerError INVALID_ID also when it names something else */
export function parseRunId(id: string, path: ErrorPath = ['runId']): RunRef {
  const [projectId = '', runId = ''] = partsOf(id, 'Run', path);
  return { projectId, runId };
}

/** The file that a node id names, whether it is there or not. @throws ServerError INVALID_ID also when it names something else */
export function parseFileId(id: string, path: ErrorPath = ['fileId']): FileRef {
  const [projectId = '', runId = '', encodedPath = ''] = partsOf(id, 'File', path);
  return { projectId, runId, path: decodeFilePath(encodedPath) };
}

/** The path in the last part of the node id of a file. */
export function decodeFilePath(part: string): string {
  return Buffer.from(part, 'base64url').toString('utf8');
}

/** The upload that an id names. @throws ServerError INVALID_ID also when it names something else */
export function parseUploadId(id: string, path: ErrorPath = ['uploadId']): UploadRef {
  const [projectId = '', uploadId = ''] = partsOf(id, 'Upload', path);
  return { projectId, uploadId };
}

/** The one id behind a node id of this type. @throws ServerError INVALID_ID also when it names something else */
export function parseNodeIdOf(type: Exclude<NodeType, 'Run' | 'File' | 'Upload'>, id: string, path: ErrorPath): string {
  return partsOf(id, type, path)[0] ?? '';
}

function partsOf(id: string, type: NodeType, path: ErrorPath): readonly string[] {
  const node = parseNodeId(id, path);
  if (node.type === type) return node.parts;
  throw new ServerError('INVALID_ID', `this is the id of a ${node.type}, not of a ${type}`, path);
}

function areWhole(type: NodeType, parts: readonly string[]): boolean {
  if (type === 'ApiKey') return /^[0-9a-z]{11,16}$/.test(parts[0] ?? '');
  // No path holds NUL, and the database has no text with it.
  if (type === 'File') return parts.slice(0, 2).every(isUuid) && !decodeFilePath(parts[2] ?? '').includes('\0');
  return parts.every(isUuid);
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
