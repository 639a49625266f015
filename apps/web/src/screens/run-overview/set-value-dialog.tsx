import type { JsonValue } from '@summa/core/json/json-value';
import { type FormEvent, useState } from 'react';
import { failureText } from '../../api/failure.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input, Select } from '../../ui/field.tsx';
import css from './run-overview.module.css';
import { needsLines, readTyped, type TypedValue, typedValue, type ValueKind } from './value-form.ts';

export interface SetValueProps {
  readonly title: string;
  readonly description: string;
  /** The key; null lets the person type one. */
  readonly at: string | null;
  readonly value: JsonValue | undefined;
  /** Saves; it rejects when the server refuses, with what is to be said. */
  readonly onSave: (key: string, value: JsonValue) => Promise<void>;
  readonly onClose: () => void;
}

const KINDS: readonly (readonly [ValueKind, string])[] = [
  ['number', 'Number'],
  ['text', 'Text'],
  ['boolean', 'True or false'],
  ['json', 'JSON'],
];

/** Asks for a value, and for its key where there is none yet. */
export function SetValueDialog({ title, description, at, value, onSave, onClose }: SetValueProps) {
  const [key, setKey] = useState(at ?? '');
  const [typed, setTyped] = useState<TypedValue>(() => typedValue(value));
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const change = (next: Partial<TypedValue>) => {
    setTyped({ ...typed, ...next });
    setProblem(undefined);
  };
  const chooseKind = (kind: ValueKind) => {
    const isWord = typed.text === 'true' || typed.text === 'false';
    change({ kind, ...(kind === 'boolean' && !isWord && { text: 'true' }) });
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (key.trim() === '') return setProblem('Name the key, such as val/best.');
    const read = readTyped(typed);
    if ('problem' in read) return setProblem(read.problem);
    setBusy(true);
    try {
      await onSave(key.trim(), read.value);
      onClose();
    } catch (error) {
      setProblem(failureText(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} description={description} open onClose={onClose}>
      <form className={css.form} onSubmit={(event) => void save(event)}>
        {at === null && (
          <Field label="Key" hint="A dot goes one level deeper: val.best">
            {(control) => <Input {...control} value={key} onChange={(event) => setKey(event.target.value)} />}
          </Field>
        )}
        <Field label="Kind">
          {(control) => (
            <Select {...control} value={typed.kind} onChange={(event) => chooseKind(event.target.value as ValueKind)}>
              {KINDS.map(([kind, label]) => (
                <option key={kind} value={kind}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Value" problem={problem}>
          {(control) => <ValueInput control={control} typed={typed} onChange={(text) => change({ text })} />}
        </Field>
        <div className={css.buttons}>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" disabled={busy}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface ValueInputProps {
  readonly control: object;
  readonly typed: TypedValue;
  readonly onChange: (text: string) => void;
}

function ValueInput({ control, typed, onChange }: ValueInputProps) {
  if (typed.kind === 'boolean') {
    return (
      <Select {...control} value={typed.text} onChange={(event) => onChange(event.target.value)}>
        <option value="true">true</option>
        <option value="false">false</option>
      </Select>
    );
  }
  if (needsLines(typed)) {
    return (
      <textarea
        {...control}
        className={css.area}
        rows={8}
        spellCheck={false}
        value={typed.text}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  return (
    <Input {...control} className={css.mono} value={typed.text} onChange={(event) => onChange(event.target.value)} />
  );
}
