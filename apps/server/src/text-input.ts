import { LIMITS } from './limits.ts';
import { ServerError } from './server-error.ts';

type ErrorPath = readonly (string | number)[];

const PLAIN_NAME = /^[A-Za-z0-9_.-]{1,128}$/;
// What a W&B client may call a run, and no control characters.
const RUN_NAME = /^[^/\\#?%:\p{Cc}\p{Cs}]{1,128}$/u;

/** Returns when a project, entity or user may be called so. @throws ServerError INVALID_NAME */
export function checkName(name: string, path: ErrorPath): void {
  if (PLAIN_NAME.test(name) && !isDots(name)) return;
  throw new ServerError(
    'INVALID_NAME',
    `${shown(name)} cannot be a name: use 1 to 128 letters, digits, "_", "." and "-"`,
    path,
  );
}

/** Returns when a run may be called so. @throws ServerError INVALID_NAME */
export function checkRunName(name: string, path: ErrorPath): void {
  if (RUN_NAME.test(name) && !isDots(name) && name.trim() === name) return;
  const rule = 'use 1 to 128 characters without any of / \\ # ? % : and without spaces at the ends';
  throw new ServerError('INVALID_NAME', `${shown(name)} cannot be the name of a run: ${rule}`, path);
}

/** Returns when a text is no longer than it may be. @throws ServerError TEXT_TOO_LONG */
export function checkLength(
  text: string | null | undefined,
  kind: 'label' | 'line' | 'title' | 'prose' | 'writer',
  path: ErrorPath,
): void {
  if (!text || text.length <= LIMITS[kind]) return;
  throw new ServerError(
    'TEXT_TOO_LONG',
    `${path.join('.')} has ${text.length} characters, more than ${LIMITS[kind]}; shorten it`,
    path,
  );
}

/** Returns when a list is no longer than it may be. @throws ServerError LIST_TOO_LONG */
export function checkCount(list: readonly unknown[] | null | undefined, limit: number, path: ErrorPath): void {
  if (!list || list.length <= limit) return;
  throw new ServerError(
    'LIST_TOO_LONG',
    `${path.join('.')} has ${list.length} items, more than ${limit}; send fewer at once`,
    path,
  );
}

function isDots(name: string): boolean {
  return name === '.' || name === '..';
}

function shown(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
}
