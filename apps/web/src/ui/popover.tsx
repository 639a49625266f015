import { Popover as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import css from './floating.module.css';

export interface PopoverProps {
  /** What it is, for screen readers. */
  readonly label: string;
  readonly trigger: ReactNode;
  readonly align?: 'start' | 'end' | 'center';
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly children: ReactNode;
}

/** A small panel beside the button that opens it. */
export function Popover({ label, trigger, align = 'start', children, ...state }: PopoverProps) {
  return (
    <Primitive.Root {...state}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content className={css.popover} aria-label={label} align={align} sideOffset={4} collisionPadding={8}>
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
