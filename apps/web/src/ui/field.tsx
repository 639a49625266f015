import { Search } from 'lucide-react';
import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from 'react';
import { classNames } from './class-names.ts';
import css from './field.module.css';

/** A line of text. */
export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input spellCheck={false} autoComplete="off" {...rest} className={classNames(css.input, className)} />;
}

/** Several lines of text. */
export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea {...rest} className={classNames(css.input, css.area, className)} />;
}

/** One of a few: the browser's own list, so that it works with every keyboard and screen reader. */
export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return <select {...rest} className={classNames(css.select, className)} />;
}

/** Names for the parts of a field: spread `control` on the input. */
export interface FieldParts {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean;
}

export interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong with the value, in words. */
  readonly problem?: string | undefined;
  readonly children: (control: FieldParts) => ReactNode;
}

/** A labelled control with a hint, and with what is wrong with its value. */
export function Field({ label, hint, problem, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = problem !== undefined || hint !== undefined;
  return (
    <div className={css.field}>
      <label className={css.label} htmlFor={id}>
        {label}
      </label>
      {children({ id, 'aria-describedby': hasNote ? noteId : undefined, 'aria-invalid': problem !== undefined })}
      <div id={noteId} role={problem === undefined ? undefined : 'alert'}>
        {problem !== undefined ? <p className={css.problem}>{problem}</p> : hint && <p className={css.hint}>{hint}</p>}
      </div>
    </div>
  );
}

export interface SearchInputProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'type'> {
  /** What is searched: its name for screen readers, and the placeholder. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A field that filters what is beside it. Escape empties it; `/` moves the focus to the first one on the page. */
export function SearchInput({ label, value, onChange, className, ...rest }: SearchInputProps) {
  return (
    <div className={classNames(css.search, className)}>
      <Search aria-hidden />
      <Input
        placeholder={label}
        {...rest}
        type="search"
        aria-label={label}
        data-filter
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (value === '') event.currentTarget.blur();
          else onChange('');
        }}
      />
    </div>
  );
}

export interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type' | 'checked' | 'onChange'> {
  readonly label: string;
  /** `some`: a part of what it stands for is chosen. */
  readonly checked: boolean | 'some';
  readonly onChange: (checked: boolean, event: React.ChangeEvent<HTMLInputElement>) => void;
}

/** A checkbox whose name is for screen readers; show a text beside it where it is not clear from its place. */
export function Checkbox({ label, checked, onChange, className, ...rest }: CheckboxProps) {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (ref.current) ref.current.indeterminate = checked === 'some';
  }, [checked]);
  return (
    <input
      {...rest}
      ref={ref}
      type="checkbox"
      aria-label={label}
      className={classNames(css.check, className)}
      checked={checked === true}
      onChange={(event) => onChange(event.target.checked, event)}
    />
  );
}
