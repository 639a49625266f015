import type { ComponentProps, ReactNode } from 'react';
import css from './button.module.css';
import { classNames } from './class-names.ts';
import { Tooltip } from './tooltip.tsx';

/** `main` is the one thing to do on a screen; `quiet` has no edge; `danger` removes something. */
export type ButtonLook = 'plain' | 'main' | 'quiet' | 'danger';

export interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: ButtonLook;
  readonly size?: 'normal' | 'large';
}

/** A button; it submits nothing unless `type="submit"` is given. */
export function Button({ look = 'plain', size = 'normal', className, type = 'button', ...rest }: ButtonProps) {
  return <button {...rest} type={type} className={buttonClass(look, size, className)} />;
}

/** The classes of a button, for a link that looks like one. */
export function buttonClass(look: ButtonLook = 'plain', size: 'normal' | 'large' = 'normal', more?: string): string {
  return classNames(css.button, look !== 'plain' && css[look], size === 'large' && css.large, more);
}

export interface IconButtonProps extends Omit<ButtonProps, 'aria-label'> {
  /** What it does: its name for everybody, and the tooltip. */
  readonly label: string;
  readonly children: ReactNode;
}

/** A button that shows an icon only. */
export function IconButton({ label, look = 'quiet', className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <Button {...rest} look={look} aria-label={label} className={classNames(css.icon, className)} />
    </Tooltip>
  );
}
