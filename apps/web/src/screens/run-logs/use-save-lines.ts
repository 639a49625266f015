import { useState } from 'react';
import { failureText } from '../../api/failure.ts';
import { saveFile } from '../../chart/save-chart.ts';
import { countOf, formatCount } from '../../format/format-number.ts';
import { toast } from '../../ui/toast-store.ts';
import { MOST_LINES, readText } from './download-lines.ts';
import type { ConsoleName } from './use-log-lines.ts';

/** Puts all lines together and has the browser save them. */
export function useSaveLines(name: ConsoleName, lineCount: number) {
  const [read, setRead] = useState<number | null>(null);
  const run = async () => {
    setRead(0);
    try {
      const text = await readText(name, { from: 0, to: lineCount - 1 }, setRead);
      saveFile(
        `${name.run}${name.source === '' ? '' : `-${name.source}`}.log`,
        new Blob([text], { type: 'text/plain' }),
      );
      if (lineCount > MOST_LINES) toast({ text: `The file holds the first ${formatCount(MOST_LINES)} lines.` });
    } catch (error) {
      toast({ text: failureText(error) });
    }
    setRead(null);
  };
  const label = read === null ? 'Download all lines' : `${formatCount(read)} of ${countOf(lineCount, 'line')} read`;
  return { run: () => void run(), isBusy: read !== null, label };
}
