import { useMutation } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { failureText } from '../../api/failure.ts';
import { execute } from '../../api/query.ts';
import { queryClient } from '../../api/query-client.ts';
import { SettingsCreateTeamDocument } from '../../generated/graphql.ts';
import { useViewer, viewerQuery } from '../../session/viewer-query.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { FormEnd, FormProblem, Section } from '../../ui/section.tsx';
import { toast } from '../../ui/toast-store.ts';
import { Members } from './members.tsx';

/** The viewer's own entity and teams with their members. */
export function TeamsSection() {
  const { entities } = useViewer();
  const [isCreating, setCreating] = useState(false);
  return (
    <Section
      id="members"
      title="Teams and members"
      description="Projects belong to you or to a team. Readers look, writers log and change runs, owners do everything."
      actions={
        <Button onClick={() => setCreating(true)}>
          <Plus aria-hidden />
          New team
        </Button>
      }
    >
      {entities
        .filter(({ viewerRole }) => viewerRole !== null)
        .map(({ id, name }) => (
          <Members key={id} entity={name} />
        ))}
      {isCreating && <CreateTeamDialog onClose={() => setCreating(false)} />}
    </Section>
  );
}

function CreateTeamDialog({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const create = useMutation({
    mutationFn: () => execute(SettingsCreateTeamDocument, { name: name.trim() }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: viewerQuery.queryKey });
      onClose();
      toast({ text: `The team ${name.trim()} is made; you are its owner.` });
    },
  });
  return (
    <Dialog title="New team" description="You become its owner, and may then add others." open onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <Field
          label="Name"
          hint="1 to 128 letters, digits, “_”, “.” and “-”. It is part of the address of its projects."
        >
          {(control) => (
            <Input
              {...control}
              value={name}
              required
              maxLength={128}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <FormProblem text={create.error ? failureText(create.error) : undefined} />
        <FormEnd>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" disabled={create.isPending}>
            Make the team
          </Button>
        </FormEnd>
      </form>
    </Dialog>
  );
}
