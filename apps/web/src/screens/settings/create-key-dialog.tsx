import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { failureText } from '../../api/failure.ts';
import { execute } from '../../api/query.ts';
import { type Scope, SettingsCreateKeyDocument } from '../../generated/graphql.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox, Field, Input, Select } from '../../ui/field.tsx';
import { FormEnd, FormFields, FormProblem } from '../../ui/section.tsx';
import { EXPIRIES, type Expiry, expiryOf, SCOPES } from './api-key-words.ts';
import { NewKey } from './new-key.tsx';
import css from './settings.module.css';

export interface CreateKeyDialogProps {
  readonly onClose: () => void;
  readonly onCreated: () => void;
}

/** Asks what a new key is to be, makes it, and shows it this once. */
export function CreateKeyDialog({ onClose, onCreated }: CreateKeyDialogProps) {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly Scope[]>(['INGEST', 'READ']);
  const [expiry, setExpiry] = useState<Expiry>('never');
  const [isTried, setTried] = useState(false);
  const create = useMutation({
    mutationFn: () =>
      execute(SettingsCreateKeyDocument, {
        input: { name: name.trim(), scopes: [...scopes], expiresAt: expiryOf(expiry, new Date()) },
      }),
    onSuccess: onCreated,
  });
  if (create.data) {
    return (
      <Dialog title="Your new key" description="It is shown this once. Store it now." open wide onClose={onClose}>
        <NewKey text={create.data.createApiKey.key} />
        <FormEnd>
          <Button look="main" onClick={onClose}>
            It is stored
          </Button>
        </FormEnd>
      </Dialog>
    );
  }
  const isNamed = name.trim() !== '';
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isNamed && scopes.length > 0) create.mutate();
  };
  return (
    <Dialog title="New API key" open onClose={onClose}>
      <form onSubmit={submit}>
        <FormFields>
          <Field
            label="Name"
            hint="What it is for: a machine, a script."
            problem={isTried && !isNamed ? 'Give it a name, so that you know it again.' : undefined}
          >
            {(control) => (
              <Input {...control} value={name} maxLength={128} onChange={(event) => setName(event.target.value)} />
            )}
          </Field>
          <fieldset>
            <legend className={css.legend}>Scopes</legend>
            {SCOPES.map(([scope, word, meaning]) => (
              <span key={scope} className={css.scope}>
                <Checkbox
                  label={`${word}: ${meaning}`}
                  checked={scopes.includes(scope)}
                  onChange={(isIn) => setScopes(isIn ? [...scopes, scope] : scopes.filter((each) => each !== scope))}
                />
                <code aria-hidden="true">{word}</code>
                <span aria-hidden="true" className={css.muted}>
                  {meaning}
                </span>
              </span>
            ))}
            {isTried && scopes.length === 0 && (
              <p className={css.problem} role="alert">
                Choose at least one.
              </p>
            )}
          </fieldset>
          <Field label="Works for">
            {(control) => (
              <Select {...control} value={expiry} onChange={(event) => setExpiry(event.target.value as Expiry)}>
                {EXPIRIES.map(([value, word]) => (
                  <option key={value} value={value}>
                    {word}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </FormFields>
        <FormProblem text={create.error ? failureText(create.error) : undefined} />
        <FormEnd>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" disabled={create.isPending}>
            Make the key
          </Button>
        </FormEnd>
      </form>
    </Dialog>
  );
}
