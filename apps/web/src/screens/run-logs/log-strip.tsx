import { failureText } from '../../api/failure.ts';
import { countOf } from '../../format/format-number.ts';
import { Button } from '../../ui/button.tsx';
import css from './logs.module.css';

export interface LogStripProps {
  readonly error: unknown;
  readonly retry: () => void;
  readonly window: { readonly from: number };
  readonly onStart: () => void;
}

/** What stands above the lines: that they could not be read, or that there are earlier ones. */
export function LogStrip({ error, retry, window, onStart }: LogStripProps) {
  if (error) {
    return (
      <div className={css.strip} role="alert">
        These lines could not be read: {failureText(error)}
        <Button look="quiet" onClick={retry}>
          Try again
        </Button>
      </div>
    );
  }
  if (window.from === 0) return <div />;
  return (
    <div className={css.strip}>
      {countOf(window.from, 'earlier line')} {window.from === 1 ? 'is' : 'are'} not in this view.
      <Button look="quiet" onClick={onStart}>
        Go to line 1
      </Button>
    </div>
  );
}
