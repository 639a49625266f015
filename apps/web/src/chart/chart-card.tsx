import { EllipsisVertical, FileSpreadsheet, Image } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useRef } from 'react';
import { resolveColour } from '../theme/resolve-colour.ts';
import { Button } from '../ui/button.tsx';
import { KeyText } from '../ui/key-text.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { toast } from '../ui/toast-store.ts';
import css from './chart-card.module.css';
import { chartCsv } from './chart-csv.ts';
import type { ChartProps, DrawnCanvas } from './chart-props.ts';
import { chartPng, fileNameOf, saveFile } from './save-chart.ts';

const Chart = lazy(() => import('./chart.tsx'));

export interface ChartCardProps extends Omit<ChartProps, 'onReady'> {
  /** Buttons beside the menu, such as full-screen. */
  readonly actions?: ReactNode;
  /** Stands below the title while the first points are on their way. */
  readonly pending?: boolean;
  /** What went wrong, and a way on; it stands instead of the chart. */
  readonly problem?: ReactNode;
  /** What the x axis counts, for the head of the CSV; its kind unless given. */
  readonly xName?: string | undefined;
}

/** A chart with its title and a menu that saves it as a picture or as CSV. The drawing code is loaded when one is shown. */
export function ChartCard({ actions, pending = false, problem, xName, ...props }: ChartCardProps) {
  const drawn = useRef<DrawnCanvas | null>(null);
  const keepDrawn = useRef((next: DrawnCanvas | null) => {
    drawn.current = next;
  });
  const { label, lines, xKind = 'step', height = 200 } = props;
  const savePng = async () => {
    if (!drawn.current) return toast({ text: 'There is nothing drawn to save.' });
    const colour = (css: string) => resolveColour(document.body, css);
    const colours = { ground: colour('var(--raised)'), text: colour('var(--text)') };
    saveFile(fileNameOf(label, 'png'), await chartPng(drawn.current.canvas, label, colours));
  };
  const saveCsv = () => {
    saveFile(fileNameOf(label, 'csv'), new Blob([chartCsv(xName ?? xKind, lines)], { type: 'text/csv' }));
  };
  const blank = <div className={css.blank} style={{ minHeight: height }} aria-busy="true" />;
  return (
    <article className={css.card} aria-label={label}>
      <div className={css.head}>
        <h2 className={css.title}>
          <KeyText name={label} />
        </h2>
        <div className={css.actions}>
          {actions}
          <Menu
            align="end"
            trigger={
              <Button look="quiet" aria-label={`More of ${label}`}>
                <EllipsisVertical aria-hidden />
              </Button>
            }
          >
            <MenuItem icon={<Image aria-hidden />} onSelect={() => void savePng()}>
              Save as PNG
            </MenuItem>
            <MenuItem icon={<FileSpreadsheet aria-hidden />} onSelect={saveCsv}>
              Save as CSV
            </MenuItem>
          </Menu>
        </div>
      </div>
      {problem !== undefined ? (
        <div style={{ height }}>{problem}</div>
      ) : pending ? (
        blank
      ) : (
        <Suspense fallback={blank}>
          <Chart {...props} onReady={keepDrawn.current} />
        </Suspense>
      )}
    </article>
  );
}
