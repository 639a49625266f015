import { useCallback, useEffect, useRef, useState } from 'react';
import { failureText } from '../../api/failure.ts';
import { formatCount } from '../../format/format-number.ts';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast-store.ts';
import type { CsvAsked } from './runs-csv.ts';
import { runsCsv } from './runs-csv.ts';
import css from './toolbar.module.css';

/** How far a file is. */
export interface CsvJob {
  readonly done: number;
  readonly of: number;
  readonly cancel: () => void;
}

/** Fetches runs as CSV and gives the file to the browser; one at a time. */
export function useCsv(): {
  readonly job: CsvJob | null;
  readonly start: (
    name: string,
    asked: (signal: AbortSignal) => Promise<Omit<CsvAsked, 'onProgress' | 'signal'>>,
  ) => void;
} {
  const [job, setJob] = useState<CsvJob | null>(null);
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);
  const start = useCallback<ReturnType<typeof useCsv>['start']>((name, asked) => {
    current.current?.abort();
    const controller = new AbortController();
    current.current = controller;
    const { signal } = controller;
    const progress = (done: number, of: number) => {
      if (!signal.aborted) setJob({ done, of, cancel: () => controller.abort() });
    };
    progress(0, 0);
    asked(signal)
      .then((what) => runsCsv({ ...what, signal, onProgress: progress }))
      .then((file) => signal.aborted || save(file, name))
      .catch((error: unknown) => {
        if (!signal.aborted) toast({ text: `The file could not be made: ${failureText(error)}` });
      })
      .finally(() => {
        if (current.current === controller) setJob(null);
      });
  }, []);
  return { job, start };
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Says how far a file is, and ends it. */
export function CsvProgress({ job }: { readonly job: CsvJob }) {
  return (
    <div className={css.progress} role="status">
      <progress aria-label="CSV" value={job.done} max={Math.max(job.of, 1)} />
      <span>{job.of === 0 ? 'Reading' : `${formatCount(job.done)} of ${formatCount(job.of)} runs`}</span>
      <Button look="quiet" onClick={job.cancel}>
        Cancel
      </Button>
    </div>
  );
}
