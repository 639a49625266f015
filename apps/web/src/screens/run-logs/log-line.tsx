import { type CSSProperties, memo } from 'react';
import { formatMoment } from '../../format/format-time.ts';
import type { LogLevel } from '../../generated/graphql.ts';
import { StateDot, type Tone } from '../../ui/badge.tsx';
import { classNames } from '../../ui/class-names.ts';
import { MOST_CHARACTERS, type StyledText, styleAnsi } from './ansi-text.ts';
import { type MarkedText, markText } from './find-text.ts';
import css from './logs.module.css';
import type { ConsoleLine } from './use-log-lines.ts';

export interface LogLineProps {
  readonly number: number;
  /** Undefined while it is on its way. */
  readonly line: ConsoleLine | undefined;
  readonly search: string;
  readonly hasTime: boolean;
  readonly isChosen: boolean;
  readonly isCurrent: boolean;
  /** The number was clicked: it is to be in the URL, or, with Shift, all lines up to it. */
  readonly onChoose: (number: number, isEnd: boolean) => void;
}

const LEVELS: Partial<Record<LogLevel, readonly [tone: Tone, word: string]>> = {
  DEBUG: ['idle', 'debug'],
  WARN: ['warn', 'warn'],
  ERROR: ['bad', 'error'],
};

/** One line: its number, when it was printed, how serious it is, and its text as a terminal would show it. */
export const LogLine = memo(function LogLine(props: LogLineProps) {
  const { number, line, search, hasTime, isChosen, isCurrent, onChoose } = props;
  const level = line && LEVELS[line.level];
  const time = line?.time ? new Date(line.time) : null;
  return (
    <div
      className={classNames(css.line, level && css[level[0]], isChosen && css.chosen, isCurrent && css.current)}
      aria-current={isChosen || undefined}
    >
      <button
        type="button"
        tabIndex={-1}
        className={css.number}
        title="Link to this line; with Shift, to all lines up to it"
        onClick={(event) => onChoose(number, event.shiftKey)}
      >
        {number + 1}
      </button>
      {hasTime && (
        <span className={css.time} title={time ? formatMoment(time) : undefined}>
          {time ? formatMoment(time).slice(11, 23) : ''}
        </span>
      )}
      <span className={css.level}>{level && <StateDot tone={level[0]} word={level[1]} />}</span>
      <span className={css.text} title={hasTime || !time ? undefined : formatMoment(time)}>
        {line === undefined ? (
          <span className={css.coming} />
        ) : (
          <>
            {line.label !== '' && <span className={css.label}>{line.label} </span>}
            {markText(styleAnsi(line.text), search).map((piece, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a line never change their places
              <Piece key={i} piece={piece} />
            ))}
            {line.text.length > MOST_CHARACTERS && (
              <span className={css.label}> … {(line.text.length - MOST_CHARACTERS).toLocaleString('en-US')} more</span>
            )}
          </>
        )}
      </span>
    </div>
  );
});

function ownColours(colour: StyledText['colour'], ground: StyledText['ground']): CSSProperties {
  const colours: Record<`--${string}`, string> = {};
  if (typeof colour === 'string') colours['--own'] = colour;
  if (ground !== null) colours['--under'] = typeof ground === 'number' ? `var(--ansi-${ground})` : ground;
  return colours as CSSProperties;
}

function Piece({ piece }: { readonly piece: MarkedText }) {
  const { text, colour, ground, bold, dim, italic, underline, marked } = piece;
  const isPlain = colour === null && ground === null && !bold && !dim && !italic && !underline;
  if (isPlain) return marked ? <mark className={css.mark}>{text}</mark> : text;
  const Tag = marked ? 'mark' : 'span';
  return (
    <Tag
      className={classNames(
        marked && css.mark,
        typeof colour === 'number' && css[`ansi${colour}`],
        typeof colour === 'string' && css.ownColour,
        ground !== null && css.ground,
        bold && css.bold,
        dim && css.dim,
        italic && css.italic,
        underline && css.underline,
      )}
      style={ownColours(colour, ground)}
    >
      {text}
    </Tag>
  );
}
