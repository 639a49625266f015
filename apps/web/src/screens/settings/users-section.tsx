import { useMutation } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { failureText } from '../../api/failure.ts';
import { execute } from '../../api/query.ts';
import { SettingsCreateUserDocument } from '../../generated/graphql.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { FormEnd, FormFields, FormProblem, Section } from '../../ui/section.tsx';
import { NewKey } from './new-key.tsx';

/** Where an administrator makes users. */
export function UsersSection() {
  const [isCreating, setCreating] = useState(false);
  return (
    <Section
      id="users"
      title="Users"
      description="As an administrator you make users. Each gets a first key, with which the person signs in here."
      actions={
        <Button onClick={() => setCreating(true)}>
          <UserPlus aria-hidden />
          New user
        </Button>
      }
    >
      {isCreating && <CreateUserDialog onClose={() => setCreating(false)} />}
    </Section>
  );
}

function CreateUserDialog({ onClose }: { readonly onClose: () => void }) {
  const [fields, setFields] = useState({ name: '', displayName: '', email: '' });
  const create = useMutation({
    mutationFn: () => {
      const [name, displayName, email] = [fields.name.trim(), fields.displayName.trim(), fields.email.trim()];
      return execute(SettingsCreateUserDocument, {
        input: { name, ...(displayName !== '' && { displayName }), ...(email !== '' && { email }) },
      });
    },
  });
  if (create.data) {
    const { user, key } = create.data.createUser;
    return (
      <Dialog
        title={`${user.name} is made`}
        description="This is the first key of the user, shown this once. Hand it over now."
        open
        wide
        onClose={onClose}
      >
        <NewKey text={key} />
        <FormEnd>
          <Button look="main" onClick={onClose}>
            It is handed over
          </Button>
        </FormEnd>
      </Dialog>
    );
  }
  const input = (part: keyof typeof fields) => ({
    value: fields[part],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => setFields({ ...fields, [part]: event.target.value }),
  });
  return (
    <Dialog title="New user" open onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <FormFields>
          <Field label="Login name" hint="1 to 128 letters, digits, “_”, “.” and “-”. It never changes.">
            {(control) => <Input {...control} {...input('name')} required maxLength={128} />}
          </Field>
          <Field label="Name that people read" hint="The login name when left empty.">
            {(control) => <Input {...control} {...input('displayName')} />}
          </Field>
          <Field label="Email" hint="Only the user sees it. It may be left empty.">
            {(control) => <Input {...control} {...input('email')} type="email" />}
          </Field>
        </FormFields>
        <FormProblem text={create.error ? failureText(create.error) : undefined} />
        <FormEnd>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" disabled={create.isPending}>
            Make the user
          </Button>
        </FormEnd>
      </form>
    </Dialog>
  );
}
