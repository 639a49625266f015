import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import css from './floating.module.css';

export interface DialogProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/**
 * A dialog over the page. Escape and a click beside it close it, and the focus goes back to where it was.
 *
 * The veil is our own: Radix's overlay would put a style element into the page, which its policy forbids.
 */
export function Dialog({ title, description, open, onClose, wide = false, children }: DialogProps) {
  const before = useRef<HTMLElement | null>(null);
  const described = description === undefined ? { 'aria-describedby': undefined } : {};
  return (
    <Primitive.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Primitive.Portal>
        <div className={css.veil} />
        <Primitive.Content
          className={classNames(css.dialog, wide && css.wide)}
          onOpenAutoFocus={() => {
            before.current = focusedElement();
          }}
          onCloseAutoFocus={(event) => {
            // Radix would give the focus to its own trigger, of which there is none.
            event.preventDefault();
            before.current?.focus();
          }}
          {...described}
        >
          <Primitive.Title className={css.title}>{title}</Primitive.Title>
          {description !== undefined && (
            <Primitive.Description className={css.description}>{description}</Primitive.Description>
          )}
          {children}
          <Primitive.Close asChild>
            <IconButton label="Close" className={css.close ?? ''}>
              <X aria-hidden />
            </IconButton>
          </Primitive.Close>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** What has the focus; for an item of a menu, which goes away, the button that opened the menu. */
function focusedElement(): HTMLElement | null {
  const focused = document.activeElement;
  const trigger = focused?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const element = trigger ? document.getElementById(trigger) : focused;
  return element instanceof HTMLElement ? element : null;
}
