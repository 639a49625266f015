import { ChartLine, Copy, Download, FileText, ListPlus } from 'lucide-react';
import { useState } from 'react';
import { saveFile } from '../../chart/save-chart.ts';
import { countOf } from '../../format/format-number.ts';
import { Button } from '../../ui/button.tsx';
import { copyText } from '../../ui/copy.tsx';
import { Checkbox, SearchInput } from '../../ui/field.tsx';
import { KeyText } from '../../ui/key-text.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { Popover } from '../../ui/popover.tsx';
import { toast } from '../../ui/toast-store.ts';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { AddRun } from './add-run.tsx';
import type { ComparedRun, CompareRow } from './compare-rows.ts';
import css from './compare-screen.module.css';
import { MOST_CHARTS } from './compare-search.ts';
import { compareCsv, compareMarkdown } from './compare-text.ts';
import { useCompareSearch } from './use-compare.ts';

export interface ToolbarProps {
  readonly rows: readonly CompareRow[];
  readonly runs: readonly ComparedRun[];
  /** The metrics that may be drawn. */
  readonly metrics: readonly string[];
}

/** What decides which rows, charts and runs are seen, and copies of what is seen. */
export function Toolbar({ rows, runs, metrics }: ToolbarProps) {
  const { search, change } = useCompareSearch();
  const names = runs.map(({ displayName }) => displayName);
  const copy = async (text: string) => {
    if (await copyText(text)) toast({ text: `${countOf(rows.length, 'row')} copied.` });
  };
  return (
    <div className={css.toolbar}>
      <SearchInput
        label="Filter keys"
        className={css.filter}
        value={search.q ?? ''}
        onChange={(q) => change({ q: q === '' ? undefined : q }, true)}
      />
      {/* biome-ignore lint/a11y/noLabelWithoutControl: Checkbox is the control */}
      <label className={css.check}>
        <Checkbox
          label="Only differences"
          checked={search.diff === true}
          onChange={(checked) => change({ diff: checked ? true : undefined })}
        />
        Only differences
      </label>
      <span className={css.count} role="status">
        {countOf(rows.length, 'row')}
      </span>
      <Popover
        label="Charts"
        align="end"
        trigger={
          <Button>
            <ChartLine aria-hidden />
            Charts
          </Button>
        }
      >
        <ChartChooser metrics={metrics} />
      </Popover>
      <Menu
        align="end"
        trigger={
          <Button>
            <Copy aria-hidden />
            Copy
          </Button>
        }
      >
        <MenuItem icon={<FileText aria-hidden />} onSelect={() => void copy(compareMarkdown(names, rows))}>
          Copy as Markdown
        </MenuItem>
        <MenuItem icon={<Copy aria-hidden />} onSelect={() => void copy(compareCsv(names, rows))}>
          Copy as CSV
        </MenuItem>
        <MenuItem
          icon={<Download aria-hidden />}
          onSelect={() => saveFile('comparison.csv', new Blob([compareCsv(names, rows)], { type: 'text/csv' }))}
        >
          Save as CSV
        </MenuItem>
      </Menu>
      <AddRun
        trigger={
          <Button>
            <ListPlus aria-hidden />
            Add runs
          </Button>
        }
      />
    </div>
  );
}

function ChartChooser({ metrics }: { readonly metrics: readonly string[] }) {
  const { search, change } = useCompareSearch();
  const { charts = [] } = search;
  const [text, setText] = useState('');
  const shown = metrics.filter((key) => key.toLowerCase().includes(text.trim().toLowerCase()));
  const choose = (key: string, isChosen: boolean) => {
    const next = isChosen ? [...charts, key] : charts.filter((each) => each !== key);
    change({ charts: next.length > 0 ? next : undefined });
  };
  return (
    <div className={css.finder}>
      <SearchInput label="Find metrics" value={text} onChange={setText} autoFocus />
      {shown.length === 0 && <p className={css.hint}>{text === '' ? 'Nothing was logged.' : 'No such metric.'}</p>}
      {shown.length > 0 && (
        <VirtualList label="Metrics" items={shown} rowHeight={28} keyOf={(key) => key} className={css.metrics}>
          {(key) => (
            // biome-ignore lint/a11y/noLabelWithoutControl: Checkbox is the control
            <label className={css.metric}>
              <Checkbox
                label={key}
                checked={charts.includes(key)}
                disabled={!charts.includes(key) && charts.length >= MOST_CHARTS}
                onChange={(isChosen) => choose(key, isChosen)}
              />
              <KeyText name={key} />
            </label>
          )}
        </VirtualList>
      )}
    </div>
  );
}
