import { SlidersHorizontal, X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { formatNumber } from '../format/format-number.ts';
import { formatDuration, formatMoment } from '../format/format-time.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox, Input, SearchInput, Select } from '../ui/field.tsx';
import { Popover } from '../ui/popover.tsx';
import { pageAxis, withZoom, xKindOf } from './chart-axis.ts';
import { type ChartSearch, MOST_SMOOTHING } from './chart-search.ts';
import css from './metric-charts.module.css';

/** Changes what the address says and keeps all else that stands there; `replace` leaves no step to come back to. */
export type ChangeSearch = (change: (search: ChartSearch) => ChartSearch, replace?: 'replace') => void;

export interface ChartToolbarProps {
  readonly search: ChartSearch;
  readonly onChange: ChangeSearch;
  /** Keys that charts can be drawn over. */
  readonly axisKeys: readonly string[];
  /** Whether a definition says over what a metric is drawn. */
  readonly hasDefinedAxes: boolean;
  /** Stands before the search, such as a button that shows a list. */
  readonly before?: ReactNode;
}

/** How the charts of a page are drawn: which, over what, how smooth. */
export function ChartToolbar({ search, onChange, axisKeys, hasDefinedAxes, before }: ChartToolbarProps) {
  return (
    <div className={css.toolbar} role="toolbar" aria-label="Charts">
      {before}
      <SearchInput
        className={css.find}
        label="Filter charts"
        value={search.charts ?? ''}
        data-first-filter
        onChange={(text) => onChange((was) => set(was, 'charts', text === '' ? undefined : text), 'replace')}
      />
      <ZoomChip search={search} onChange={onChange} />
      <div className={css.wideOnly}>
        <AxisChoice search={search} onChange={onChange} axisKeys={axisKeys} hasDefinedAxes={hasDefinedAxes} />
        <Smoothing search={search} onChange={onChange} />
      </div>
      <Popover
        label="How charts are drawn"
        align="end"
        trigger={
          <Button className={css.display}>
            <SlidersHorizontal aria-hidden />
            <span className={css.displayText}>Display</span>
            {changedCount(search) > 0 && <span className={css.count}>{changedCount(search)}</span>}
          </Button>
        }
      >
        <div className={css.options}>
          <div className={css.narrowOnly}>
            <AxisChoice search={search} onChange={onChange} axisKeys={axisKeys} hasDefinedAxes={hasDefinedAxes} />
            <Smoothing search={search} onChange={onChange} />
          </div>
          <Option
            label="Logarithmic y axis"
            checked={search.logY === true}
            onChange={(on) => onChange((was) => set(was, 'logY', on ? true : undefined))}
          />
          <Option
            label="Logarithmic x axis"
            checked={search.logX === true}
            onChange={(on) => onChange((was) => set(was, 'logX', on ? true : undefined))}
          />
          <Option
            label="Clip outliers"
            hint="Leaves the highest and lowest 2 % out of the scale."
            checked={search.outliers === 'clipped'}
            onChange={(on) => onChange((was) => set(was, 'outliers', on ? 'clipped' : undefined))}
          />
          <Option
            label="Band from least to greatest"
            hint="Around each line, where a point stands for several values."
            checked={search.band !== 'off'}
            onChange={(on) => onChange((was) => set(was, 'band', on ? undefined : 'off'))}
          />
        </div>
      </Popover>
    </div>
  );
}

function changedCount({ logX, logY, outliers, band }: ChartSearch): number {
  return [logX, logY, outliers, band].filter((each) => each !== undefined).length;
}

function set<Name extends keyof ChartSearch>(
  search: ChartSearch,
  name: Name,
  value: ChartSearch[Name] | undefined,
): ChartSearch {
  const { [name]: _, ...rest } = search;
  return value === undefined ? (rest as ChartSearch) : { ...search, [name]: value };
}

interface OptionProps {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly onChange: (on: boolean) => void;
}

function Option({ label, hint, checked, onChange }: OptionProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is within
    <label className={css.option}>
      <Checkbox label={label} checked={checked} onChange={onChange} />
      <span>
        {label}
        {hint !== undefined && <span className={css.hint}>{hint}</span>}
      </span>
    </label>
  );
}

function ZoomChip({ search, onChange }: Pick<ChartToolbarProps, 'search' | 'onChange'>) {
  const { from, to } = search;
  if (from === undefined || to === undefined) return null;
  const kind = search.zoomed === undefined ? xKindOf(pageAxis(search)) : 'number';
  const text = (value: number) => {
    if (kind === 'duration') return formatDuration(value * 1_000);
    // Month to second: the year and the zone are on the axis.
    return kind === 'time' ? formatMoment(new Date(value * 1_000)).slice(5, 19) : formatNumber(value).text;
  };
  return (
    <Button
      className={css.zoomChip}
      aria-label={`Reset the zoom, ${text(from)} to ${text(to)}`}
      onClick={() => onChange((was) => withZoom(was, pageAxis(was), null))}
    >
      {kind === 'step' ? 'Steps ' : ''}
      {text(from)} – {text(to)}
      <X aria-hidden />
    </Button>
  );
}

type AxisProps = Pick<ChartToolbarProps, 'search' | 'onChange' | 'axisKeys' | 'hasDefinedAxes'>;

const MOST_SUGGESTED = 200;

function AxisChoice({ search, onChange, axisKeys, hasDefinedAxes }: AxisProps) {
  const [isTyping, setTyping] = useState(false);
  const id = useId();
  const isOver = search.over !== undefined || isTyping;
  const value = isOver ? 'over' : (search.x ?? (hasDefinedAxes ? 'defined' : 'step'));
  const choose = (next: string) => {
    setTyping(next === 'over');
    if (next === 'over') return;
    onChange(({ x: _, over: __, from: ___, to: ____, zoomed: _____, ...rest }) => {
      if (next === 'defined' || (next === 'step' && !hasDefinedAxes)) return rest;
      return { ...rest, x: next as 'step' | 'time' | 'clock' };
    });
  };
  const takeKey = (key: string) => {
    if (key === '' || key === search.over || !axisKeys.includes(key)) return;
    setTyping(false);
    onChange(({ x: _, from: __, to: ___, zoomed: ____, ...rest }) => ({ ...rest, over: key }));
  };
  return (
    <div className={css.axis}>
      <label htmlFor={id}>x axis</label>
      <Select id={id} value={value} onChange={(event) => choose(event.target.value)}>
        {hasDefinedAxes && <option value="defined">As defined</option>}
        <option value="step">Step</option>
        <option value="time">Time since start</option>
        <option value="clock">Time of day</option>
        {axisKeys.length > 0 && <option value="over">A metric</option>}
      </Select>
      {isOver && (
        <>
          <Input
            key={search.over}
            aria-label="Metric of the x axis"
            placeholder="Metric"
            className={css.axisKey}
            list={`${id}-keys`}
            defaultValue={search.over ?? ''}
            autoFocus={isTyping}
            onChange={(event) => takeKey(event.target.value)}
          />
          <datalist id={`${id}-keys`}>
            {axisKeys.slice(0, MOST_SUGGESTED).map((key) => (
              <option key={key} value={key} />
            ))}
          </datalist>
        </>
      )}
    </div>
  );
}

const SETTLE_MS = 60;

function Smoothing({ search, onChange }: Pick<ChartToolbarProps, 'search' | 'onChange'>) {
  const id = useId();
  const { smooth = 0 } = search;
  const [draft, setDraft] = useState<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const choose = (value: number) => {
    setDraft(value);
    clearTimeout(timer.current);
    // A browser takes only so many addresses a second.
    timer.current = setTimeout(() => {
      onChange((was) => set(was, 'smooth', value > 0 ? value : undefined), 'replace');
      setDraft(null);
    }, SETTLE_MS);
  };
  const shown = draft ?? smooth;
  return (
    <div className={css.smoothing}>
      <label htmlFor={id}>Smoothing</label>
      <input
        id={id}
        type="range"
        min={0}
        max={MOST_SMOOTHING}
        step={0.01}
        value={shown}
        onChange={(event) => choose(Number(event.target.value))}
      />
      <output htmlFor={id} className={css.smoothValue}>
        {shown === 0 ? 'off' : shown.toFixed(2)}
      </output>
    </div>
  );
}
