import { getRouteApi } from '@tanstack/react-router';
import { ArrowDown, ArrowDownToLine, ArrowUp, Copy, Download, WrapText } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { failureText } from '../../api/failure.ts';
import { countOf, formatCount } from '../../format/format-number.ts';
import { useShortcut } from '../../keyboard/shortcuts.ts';
import { Button, buttonClass, IconButton } from '../../ui/button.tsx';
import { copyText } from '../../ui/copy.tsx';
import { SearchInput, Select } from '../../ui/field.tsx';
import { useFillHeight } from '../../ui/fill-height.ts';
import { toast } from '../../ui/toast-store.ts';
import { plainText } from './ansi-text.ts';
import { readText } from './download-lines.ts';
import { JumpField } from './jump-field.tsx';
import { LevelChoice } from './level-choice.tsx';
import { lineWindow } from './line-store.ts';
import { LogLines, type LogLinesHandle } from './log-lines.tsx';
import { type LogSearch, readLines, writeLines } from './log-search.ts';
import { LogStrip } from './log-strip.tsx';
import css from './logs.module.css';
import { useFindLine } from './use-find-line.ts';
import { type ConsoleName, useFilteredLines, useLogLines } from './use-log-lines.ts';
import { useSaveLines } from './use-save-lines.ts';

const route = getRouteApi('/$entity/$project/runs/$run/logs');
const LEAST_PX = 280;

export interface LogConsoleProps {
  readonly console: ConsoleName;
  readonly lineCount: number;
  readonly sources: readonly { readonly name: string; readonly lineCount: number }[];
  readonly isRunning: boolean;
  /** The whole output as a file, where there is one. */
  readonly fileHref: string | null;
}

/** The output of one process with its search, its filters and its lines. */
export function LogConsole(props: LogConsoleProps) {
  const { console: name, lineCount, sources, isRunning } = props;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const set = (change: Partial<Record<keyof LogSearch, unknown>>) =>
    void navigate({
      search: (before: LogSearch) => ({ ...before, ...change }) as LogSearch,
      replace: true,
      resetScroll: false,
    });
  const chosen = search.line === undefined ? null : readLines(search.line);
  const [isFollowing, setFollowing] = useState(chosen === null && (isRunning || search.q === undefined));
  const [leftAt, setLeftAt] = useState(lineCount);
  const [shown, setShown] = useState({ from: 0, to: 0 });
  const list = useRef<LogLinesHandle>(null);
  const page = useRef<HTMLDivElement>(null);
  const height = useFillHeight(page, LEAST_PX);

  const { current, setCurrent, find } = useFindLine({
    name,
    search,
    from: () => (isFollowing ? lineCount : numberAt(list.current?.firstInView() ?? 0)),
    onSame: (number) => goTo(number),
  });
  const filtered = useFilteredLines(name, search, lineCount);
  const lines = filtered.query.data?.pages.flatMap(({ nodes }) => nodes) ?? [];
  const window = lineWindow(lineCount, current ?? chosen?.from ?? null);
  const read = useLogLines(
    name,
    filtered.isFiltered ? { from: 0, to: -1 } : { from: window.from + shown.from, to: window.from + shown.to },
    filtered.isFiltered ? 0 : lineCount,
  );
  const count = filtered.isFiltered ? lines.length : window.to - window.from + 1;
  const numberAt = (index: number) => (filtered.isFiltered ? (lines[index]?.number ?? index) : window.from + index);
  const lineAt = (index: number) => (filtered.isFiltered ? lines[index] : read.lineAt(window.from + index));

  const follow = (next: boolean) => {
    setFollowing(next);
    if (!next) setLeftAt(lineCount);
  };
  const goTo = (number: number) => {
    follow(false);
    const index = filtered.isFiltered ? lines.findIndex((line) => line.number >= number) : number - window.from;
    if (index >= 0) list.current?.scrollTo(Math.min(index, count - 1));
  };
  const target = current ?? chosen?.from ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: where one is brought is decided by the target alone
  useEffect(() => {
    if (target !== null) goTo(target);
  }, [target, window.from, filtered.isFiltered]);

  const onShown = useCallback((from: number, to: number) => setShown({ from, to }), []);
  const { hasPreviousPage, isFetching, fetchPreviousPage } = filtered.query;
  const nearTop = () => {
    if (filtered.isFiltered && hasPreviousPage && !isFetching) void fetchPreviousPage();
  };
  const onChoose = (number: number, isEnd: boolean) => {
    const range = isEnd && chosen ? { from: Math.min(chosen.from, number), to: Math.max(chosen.from, number) } : null;
    setCurrent(null);
    follow(false);
    set({ line: writeLines(range ?? { from: number, to: number }) });
  };
  useShortcut('n', 'Next line that holds the searched text', () => find('next'));
  useShortcut('N', 'Previous line that holds the searched text', () => find('previous'));
  useShortcut('e', 'Follow the end of the output', () => follow(true));

  const copyLines = async () => {
    if (!chosen) return;
    const text = await readText(name, chosen).catch((error: unknown) => void toast({ text: failureText(error) }));
    if (typeof text !== 'string') return;
    const plain = text.split('\n').map(plainText).join('\n');
    if (await copyText(plain)) toast({ text: `Copied ${countOf(chosen.to - chosen.from + 1, 'line')}.` });
  };
  const save = useSaveLines(name, lineCount);
  const hasTime = Boolean(lineAt(shown.from)?.time ?? lineAt(shown.to)?.time);
  const strip = (
    <LogStrip
      error={filtered.isFiltered ? filtered.query.error : read.error}
      retry={filtered.isFiltered ? () => void filtered.query.refetch() : read.retry}
      window={window}
      onStart={() => set({ line: '1' })}
    />
  );

  return (
    <div ref={page} className={css.page} style={{ height }}>
      <div className={css.bar} role="toolbar" aria-label="Console">
        <SearchInput
          className={css.search}
          label="Search lines"
          value={search.q ?? ''}
          onChange={(q) => {
            setCurrent(null);
            set({ q: q === '' ? undefined : q, ...(q === '' && { only: undefined }) });
          }}
          onKeyUp={(event) => {
            if (event.key === 'Enter') find(event.shiftKey ? 'previous' : 'next');
          }}
        />
        <div className={css.group}>
          <IconButton label="Previous match" disabled={!search.q} onClick={() => find('previous')}>
            <ArrowUp aria-hidden />
          </IconButton>
          <IconButton label="Next match" disabled={!search.q} onClick={() => find('next')}>
            <ArrowDown aria-hidden />
          </IconButton>
        </div>
        <LevelChoice
          levels={search.levels}
          only={search.only === true}
          canOnly={search.q !== undefined}
          onLevels={(levels) => set({ levels })}
          onOnly={(only) => set({ only: only || undefined })}
        />
        {sources.length > 1 && (
          <Select
            className={css.source}
            aria-label="Process"
            value={name.source}
            onChange={(event) => set({ source: event.target.value, line: undefined })}
          >
            {sources.map((source) => (
              <option key={source.name} value={source.name}>
                {source.name === '' ? 'main process' : source.name} ({formatCount(source.lineCount)})
              </option>
            ))}
          </Select>
        )}
        <JumpField
          key={search.line ?? ''}
          line={search.line ?? ''}
          lineCount={lineCount}
          onJump={(line) => set({ line })}
        />
        {chosen && (
          <Button look="quiet" onClick={() => void copyLines()}>
            <Copy aria-hidden />
            Copy {countOf(chosen.to - chosen.from + 1, 'line')}
          </Button>
        )}
        <div className={css.end}>
          <span className={css.note} role="status">
            {filtered.isFiltered
              ? `${formatCount(lines.length)}${hasPreviousPage ? '+' : ''} of ${countOf(lineCount, 'line')}`
              : countOf(lineCount, 'line')}
          </span>
          <IconButton
            label="Wrap long lines"
            aria-pressed={search.wrap === true}
            look={search.wrap ? 'plain' : 'quiet'}
            onClick={() => set({ wrap: search.wrap ? undefined : true })}
          >
            <WrapText aria-hidden />
          </IconButton>
          <IconButton
            label={isRunning ? 'Follow the end' : 'Go to the end'}
            aria-pressed={isFollowing}
            look={isFollowing ? 'plain' : 'quiet'}
            onClick={() => {
              setCurrent(null);
              if (search.line !== undefined) set({ line: undefined });
              follow(true);
            }}
          >
            <ArrowDownToLine aria-hidden />
          </IconButton>
          {props.fileHref === null ? (
            <IconButton label={save.label} disabled={save.isBusy} onClick={save.run}>
              <Download aria-hidden />
            </IconButton>
          ) : (
            <a
              className={buttonClass('quiet')}
              href={props.fileHref}
              download
              aria-label="Download all lines"
              title="Download all lines"
            >
              <Download aria-hidden />
            </a>
          )}
        </div>
      </div>
      {filtered.isFiltered && count === 0 && !filtered.query.isPending ? (
        <div className={css.frame}>
          <div className={css.nothing} role="status">
            <p>No line is let through by this filter.</p>
            <Button onClick={() => set({ levels: undefined, only: undefined })}>Show all lines</Button>
          </div>
        </div>
      ) : (
        <LogLines
          handle={list}
          count={count}
          numberAt={numberAt}
          lineAt={lineAt}
          highest={lineCount}
          search={search.q ?? ''}
          chosen={chosen}
          current={current}
          hasTime={hasTime}
          isWrapped={search.wrap === true}
          isFollowing={isFollowing}
          onFollow={follow}
          newLines={lineCount - leftAt}
          onShown={onShown}
          onNearTop={nearTop}
          onChoose={onChoose}
          strip={strip}
        />
      )}
    </div>
  );
}
