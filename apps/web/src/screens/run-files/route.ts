import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { runRoute } from '../../app/run-route.ts';

/** What of a run's files is shown. */
export interface FilesSearch {
  /** The folder that is open, such as `media/images/`; the whole when left out. */
  readonly folder?: string;
  /** Only files whose path holds this. */
  readonly q?: string;
  /** The file that is shown. */
  readonly path?: string;
  /** The dataset of the file that is shown, where it holds several. */
  readonly dataset?: string;
}

const PARTS = ['folder', 'q', 'path', 'dataset'] as const;

export const runFilesRoute = createRoute({
  getParentRoute: () => runRoute,
  path: '/files',
  validateSearch: (search): FilesSearch =>
    Object.fromEntries(
      PARTS.flatMap((part) => {
        const value = search[part];
        // The router reads what looks like a number as one.
        const text = typeof value === 'number' ? String(value) : value;
        return typeof text === 'string' && text !== '' ? [[part, text]] : [];
      }),
    ),
  component: lazyRouteComponent(() => import('./run-files-screen.tsx'), 'RunFilesScreen'),
});
