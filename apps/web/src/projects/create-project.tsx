import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { failureText } from '../api/failure.ts';
import { execute } from '../api/query.ts';
import { queryClient } from '../api/query-client.ts';
import { CreateProjectDocument, type EntityKind, type Role, type Visibility } from '../generated/graphql.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import css from './create-project.module.css';
import { nameProblem } from './name-problem.ts';

/** An entity with what the viewer may do in it. */
export interface PossibleEntity {
  readonly name: string;
  readonly kind: EntityKind;
  readonly viewerRole: Role | null;
}

/** Whether somebody with this role may make projects. */
export function mayWrite(role: Role | null): boolean {
  return role === 'OWNER' || role === 'WRITER';
}

/** A button that makes a project in one of the entities and leads to it; nothing when the viewer may write in none. */
export function CreateProject({ entities }: { readonly entities: readonly PossibleEntity[] }) {
  const [open, setOpen] = useState(false);
  const writable = entities.filter(({ viewerRole }) => mayWrite(viewerRole));
  if (writable.length === 0) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        New project
      </Button>
      <Dialog title="New project" open={open} onClose={() => setOpen(false)}>
        <ProjectForm entities={writable} />
      </Dialog>
    </>
  );
}

function ProjectForm({ entities }: { readonly entities: readonly PossibleEntity[] }) {
  const navigate = useNavigate();
  const [entity, setEntity] = useState(entities[0]?.name ?? '');
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [visibility, setVisibility] = useState<Visibility>('PRIVATE');
  const [problem, setProblem] = useState<string>();
  const { mutate, isPending } = useMutation({
    mutationFn: () => execute(CreateProjectDocument, { input: { entity, name: name.trim(), description, visibility } }),
    onError: (error) => setProblem(failureText(error)),
    onSuccess: ({ createProject: { project } }) => {
      for (const queryKey of [['home'], ['entity', entity], ['palette', 'projects']])
        void queryClient.invalidateQueries({ queryKey });
      void navigate({ to: '/$entity/$project', params: { entity, project: project.name } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = nameProblem(name.trim());
    setProblem(wrong);
    if (wrong === undefined) mutate();
  };
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <Field label="Name" problem={problem} hint="Letters, digits, “_”, “.” and “-”. It is part of every link.">
        {(control) => (
          <Input
            {...control}
            value={name}
            onChange={(event) => {
              setName(event.target.value);
              setProblem(undefined);
            }}
          />
        )}
      </Field>
      {entities.length > 1 && (
        <Field label="Owner">
          {(control) => (
            <Select {...control} value={entity} onChange={(event) => setEntity(event.target.value)}>
              {entities.map((each) => (
                <option key={each.name}>{each.name}</option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <Field label="Description">
        {(control) => (
          <Input {...control} value={description} onChange={(event) => setDescription(event.target.value)} />
        )}
      </Field>
      <Field label="Visibility">
        {(control) => (
          <Select
            {...control}
            value={visibility}
            onChange={(event) => setVisibility(event.target.value === 'PUBLIC' ? 'PUBLIC' : 'PRIVATE')}
          >
            <option value="PRIVATE">Private: members of {entity}</option>
            <option value="PUBLIC">Public: everybody with an API key</option>
          </Select>
        )}
      </Field>
      <div className={css.foot}>
        <Button look="main" type="submit" disabled={isPending}>
          {isPending ? 'Creating …' : 'Create project'}
        </Button>
      </div>
    </form>
  );
}
