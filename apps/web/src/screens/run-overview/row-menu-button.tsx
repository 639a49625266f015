import { Ellipsis } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Button } from '../../ui/button.tsx';
import css from './run-overview.module.css';

/** The button of a row's menu; it takes what the menu gives its trigger. */
export function RowMenuButton({ label, ...rest }: ComponentProps<'button'> & { readonly label: string }) {
  return (
    <Button {...rest} look="quiet" tabIndex={-1} aria-label={label} title={label} className={css.iconButton ?? ''}>
      <Ellipsis aria-hidden />
    </Button>
  );
}
