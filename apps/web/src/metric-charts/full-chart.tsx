import { useState, useSyncExternalStore } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { MetricChart, type MetricChartProps } from './metric-chart.tsx';
import css from './metric-charts.module.css';

/** What of the window the dialog, its title and the names of the runs take. */
const BESIDE_CHART = 248;

export interface FullChartProps extends Omit<MetricChartProps, 'width' | 'height' | 'onFull'> {
  readonly onClose: () => void;
}

/** One chart over the whole window, with the names of its runs below. */
export function FullChart({ onClose, ...chart }: FullChartProps) {
  const [lifted, setLifted] = useState<string | null>(null);
  const width = useSyncExternalStore(onResize, () => window.innerWidth);
  const height = useSyncExternalStore(onResize, () => window.innerHeight);
  return (
    <Dialog title={chart.metric} open onClose={onClose} size="full">
      <div className={css.full}>
        <MetricChart
          {...chart}
          lifted={lifted}
          width={width - 80}
          height={Math.max(160, height - BESIDE_CHART)}
          syncScope={`${chart.syncScope} enlarged`}
        />
        <ul className={css.legend} aria-label="Runs">
          {chart.runs.map(({ id, label, colour }) => (
            <li key={id} onPointerEnter={() => setLifted(id)} onPointerLeave={() => setLifted(null)} title={label}>
              <span className={css.legendDot} style={{ background: colour }} />
              <span className={css.legendName}>{label}</span>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

function onResize(listener: () => void): () => void {
  window.addEventListener('resize', listener);
  return () => window.removeEventListener('resize', listener);
}
