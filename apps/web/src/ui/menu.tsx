import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import css from './floating.module.css';

export interface MenuProps {
  /** The button that opens it; it must take a ref. */
  readonly trigger: ReactNode;
  readonly align?: 'start' | 'end';
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  /** Takes the focus when the menu closes, instead of the button. */
  readonly onCloseFocus?: () => void;
  readonly children: ReactNode;
}

/** A menu behind a button. It is not modal: a modal one would put a style element into the page, which its policy forbids. */
export function Menu({ trigger, align = 'start', onCloseFocus, children, ...state }: MenuProps) {
  const onCloseAutoFocus = (event: Event) => {
    if (!onCloseFocus) return;
    event.preventDefault();
    onCloseFocus();
  };
  return (
    <DropdownMenu.Root modal={false} {...state}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={css.menu}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={onCloseAutoFocus}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export interface MenuItemProps {
  readonly onSelect: () => void;
  readonly icon?: ReactNode;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

/** One thing to do. */
export function MenuItem({ onSelect, icon, danger = false, disabled = false, children }: MenuItemProps) {
  return (
    <DropdownMenu.Item className={classNames(css.item, danger && css.danger)} disabled={disabled} onSelect={onSelect}>
      {icon}
      {children}
    </DropdownMenu.Item>
  );
}

/** A link in a menu: give the link itself as the one child. */
export function MenuLink({ children }: { readonly children: ReactNode }) {
  return (
    <DropdownMenu.Item className={css.item} asChild>
      {children}
    </DropdownMenu.Item>
  );
}

export interface MenuChoiceProps<Value extends string> {
  readonly value: Value;
  readonly options: readonly (readonly [value: Value, label: string])[];
  readonly onChange: (value: Value) => void;
}

/** One of several, with a tick at the one that holds. */
export function MenuChoice<Value extends string>({ value, options, onChange }: MenuChoiceProps<Value>) {
  return (
    <DropdownMenu.RadioGroup value={value}>
      {options.map(([each, label]) => (
        <DropdownMenu.RadioItem key={each} className={css.item} value={each} onSelect={() => onChange(each)}>
          <span className={css.mark}>
            <DropdownMenu.ItemIndicator>
              <Check aria-hidden />
            </DropdownMenu.ItemIndicator>
          </span>
          {label}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

/** A heading of a group of items. */
export function MenuLabel({ children }: { readonly children: ReactNode }) {
  return <DropdownMenu.Label className={css.label}>{children}</DropdownMenu.Label>;
}

/** A hairline between groups. */
export function MenuSeparator() {
  return <DropdownMenu.Separator className={css.separator} />;
}
