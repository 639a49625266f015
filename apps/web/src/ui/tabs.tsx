import { Tabs as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import css from './tabs.module.css';

/** The class of a link that is a tab. The router marks the one that is open with `aria-current="page"`. */
export const tabClass = css.tab ?? '';

/** A row of tabs that are links, each a page of its own. */
export function TabBar({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <nav className={css.bar} aria-label={label}>
      {children}
    </nav>
  );
}

export interface TabsProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly tabs: readonly (readonly [value: Value, label: string])[];
  /** What is shown below for the tab that is open. */
  readonly children: ReactNode;
}

/** Tabs within a page. */
export function Tabs<Value extends string>({ label, value, onChange, tabs, children }: TabsProps<Value>) {
  return (
    <Primitive.Root value={value} onValueChange={(next) => onChange(next as Value)}>
      <Primitive.List className={css.bar} aria-label={label}>
        {tabs.map(([each, text]) => (
          <Primitive.Trigger key={each} className={css.tab} value={each}>
            {text}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      <Primitive.Content value={value}>{children}</Primitive.Content>
    </Primitive.Root>
  );
}
