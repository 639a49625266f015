import type { RunName } from '../live/pulse.ts';

/** Where the bytes of a file of a run are, on this very origin: the session's cookie opens it. */
export function fileHref({ entity, project, run }: RunName, path: string): string {
  return `/files/${[entity, project, run, ...path.split('/')].map(encodeURIComponent).join('/')}`;
}
