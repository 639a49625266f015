import { Tooltip as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import css from './tooltip.module.css';

/** Once around the app: how long one rests on something before its tooltip shows. */
export const TooltipProvider = Primitive.Provider;

/** Shows a text beside its one child while that is pointed at or has the focus. The child must take a ref. */
export function Tooltip({ text, children }: { readonly text: ReactNode; readonly children: ReactNode }) {
  return (
    <Primitive.Root delayDuration={400}>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content className={css.tip} sideOffset={6} collisionPadding={8}>
          {text}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
