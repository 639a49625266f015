import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { failureText } from '../../api/failure.ts';
import { execute } from '../../api/query.ts';
import { queryClient } from '../../api/query-client.ts';
import { EntityCreateProjectDocument, type Visibility } from '../../generated/graphql.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input, Select, TextArea } from '../../ui/field.tsx';
import { FormEnd, FormFields, FormProblem } from '../../ui/section.tsx';

/** Asks what a new project is to be, makes it, and goes there. */
export function CreateProjectDialog({ entity, onClose }: { readonly entity: string; readonly onClose: () => void }) {
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [visibility, setVisibility] = useState<Visibility>('PRIVATE');
  const create = useMutation({
    mutationFn: () =>
      execute(EntityCreateProjectDocument, { input: { entity, name: name.trim(), description, visibility } }),
    onSuccess: ({ createProject }) => {
      for (const scope of ['entity', 'home', 'palette']) void queryClient.invalidateQueries({ queryKey: [scope] });
      void navigate({ to: '/$entity/$project', params: { entity, project: createProject.project.name } });
    },
  });
  return (
    <Dialog title={`New project of ${entity}`} open onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <FormFields>
          <Field label="Name" hint="1 to 128 letters, digits, “_”, “.” and “-”.">
            {(control) => (
              <Input
                {...control}
                required
                maxLength={128}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Field label="Description">
            {(control) => (
              <TextArea
                {...control}
                rows={2}
                value={description}
                onChange={(event) => setDescription(event.target.value)}
              />
            )}
          </Field>
          <Field label="Visibility">
            {(control) => (
              <Select
                {...control}
                value={visibility}
                onChange={(event) => setVisibility(event.target.value as Visibility)}
              >
                <option value="PRIVATE">Private: members of {entity} see it</option>
                <option value="PUBLIC">Public: everybody on this server sees it</option>
              </Select>
            )}
          </Field>
        </FormFields>
        <FormProblem text={create.error ? failureText(create.error) : undefined} />
        <FormEnd>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" disabled={create.isPending}>
            Make the project
          </Button>
        </FormEnd>
      </form>
    </Dialog>
  );
}
