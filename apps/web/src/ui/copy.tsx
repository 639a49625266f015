import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from './button.tsx';
import css from './small.module.css';
import { toast } from './toast-store.ts';

const SHOWN_MS = 1_500;

/** Puts a text into the clipboard; says so when the browser refuses. @returns whether it is there */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    toast({ text: 'The browser does not let this page use the clipboard. Select the text and copy it yourself.' });
    return false;
  }
}

export interface CopyProps {
  readonly text: string;
  /** What is copied: "Copy the key". */
  readonly label: string;
}

/** A button that copies a text, and shows for a moment that it did. */
export function CopyButton({ text, label }: CopyProps) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    if (!(await copyText(text))) return;
    setDone(true);
    setTimeout(() => setDone(false), SHOWN_MS);
  };
  return (
    <IconButton label={done ? 'Copied' : label} onClick={() => void copy()}>
      {done ? <Check aria-hidden /> : <Copy aria-hidden />}
    </IconButton>
  );
}

export interface CodeBlockProps extends CopyProps {
  /** What is copied when only a part is shown; the text itself unless given. */
  readonly copied?: string;
}

/** A piece of code with a button that copies it. */
export function CodeBlock({ text, label, copied = text }: CodeBlockProps) {
  return (
    <div className={css.code}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
      <span className={css.codeCopy}>
        <CopyButton text={copied} label={label} />
      </span>
    </div>
  );
}
