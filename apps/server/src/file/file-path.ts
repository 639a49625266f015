import { LIMITS } from '../limits.ts';
import { ServerError } from '../server-error.ts';

type ErrorPath = readonly (string | number)[];

// Controls and single surrogates; a backslash would be a separator on Windows.
const FORBIDDEN = /[\\\p{Cc}\p{Cs}]/u;

/**
 * Returns when a file of a run may lie at this path: relative, segments that are neither empty nor `.` nor `..`, no
 * backslash and no control character, at most 1,024 bytes.
 *
 * @throws ServerError INVALID_PATH
 */
export function checkFilePath(path: string, argument: ErrorPath): void {
  const fault = faultOf(path);
  if (fault === undefined) return;
  const shown = JSON.stringify(path.length > 80 ? `${path.slice(0, 80)}…` : path);
  throw new ServerError('INVALID_PATH', `${shown} cannot be the path of a file: ${fault}`, argument);
}

/** The last segment of a path. */
export function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function faultOf(path: string): string | undefined {
  if (path === '') return 'it is empty';
  if (Buffer.byteLength(path) > LIMITS.filePath) return `it has more than ${LIMITS.filePath} bytes`;
  if (FORBIDDEN.test(path)) return 'it holds a backslash or a control character';
  if (path.startsWith('/')) return 'it must be relative, so it may not begin with "/"';
  const segments = path.split('/');
  if (segments.includes('')) return 'one of its segments is empty';
  if (segments.includes('.') || segments.includes('..')) return 'no segment may be "." or ".."';
  return undefined;
}
