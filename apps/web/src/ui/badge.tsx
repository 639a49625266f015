import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import css from './small.module.css';

/** What a state means for people; each has a shape of its own, so that colour is never all that tells them apart. */
export type Tone = 'live' | 'good' | 'warn' | 'bad' | 'idle';

const SHAPES: Record<Tone, ReactNode> = {
  live: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  good: <path d="M1.5 5.5 4 8l4.5-6" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" />,
  warn: <path d="M5 1 9.5 9h-9Z" fill="currentColor" />,
  bad: (
    <path
      d="m1.8 1.8 6.4 6.4m0-6.4L1.8 8.2"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
    />
  ),
  idle: <circle cx="5" cy="5" r="3.25" fill="none" stroke="currentColor" strokeWidth="1.5" />,
};

export interface StateDotProps {
  readonly tone: Tone;
  /** The state in a word. */
  readonly word: string;
  /** Leaves the word to screen readers, where there is no room. */
  readonly compact?: boolean;
}

/** A state as a shape and a word. */
export function StateDot({ tone, word, compact = false }: StateDotProps) {
  return (
    <span className={classNames(css.badge, css[tone])} title={compact ? word : undefined}>
      <svg viewBox="0 0 10 10" aria-hidden="true">
        {SHAPES[tone]}
      </svg>
      <span className={compact ? 'visually-hidden' : undefined}>{word}</span>
    </span>
  );
}

/** A short text in a pill, such as a tag. */
export function Chip({ children }: { readonly children: string }) {
  return (
    <span className={css.chip} title={children}>
      {children}
    </span>
  );
}
