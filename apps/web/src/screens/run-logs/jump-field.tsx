import { useState } from 'react';
import { Input } from '../../ui/field.tsx';
import { readLines, writeLines } from './log-search.ts';
import css from './logs.module.css';

export interface JumpFieldProps {
  readonly line: string;
  readonly lineCount: number;
  readonly onJump: (line: string) => void;
}

/** Takes the number of a line, or several as `12-20`. */
export function JumpField({ line, lineCount, onJump }: JumpFieldProps) {
  const [text, setText] = useState(line);
  const [isWrong, setWrong] = useState(false);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const range = readLines(text);
        if (range === null || lineCount === 0) return setWrong(true);
        const most = lineCount - 1;
        onJump(writeLines({ from: Math.min(range.from, most), to: Math.min(range.to, most) }));
      }}
    >
      <Input
        className={css.jump}
        aria-label="Go to line"
        placeholder="Line"
        inputMode="numeric"
        value={text}
        aria-invalid={isWrong}
        onChange={(event) => {
          setWrong(false);
          setText(event.target.value);
        }}
      />
    </form>
  );
}
