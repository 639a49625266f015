import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { failureText } from '../../api/failure.ts';
import { execute } from '../../api/query.ts';
import { queryClient } from '../../api/query-client.ts';
import { countOf } from '../../format/format-number.ts';
import { ProjectSettingsDeleteDocument } from '../../generated/graphql.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { FormEnd, FormProblem, Section } from '../../ui/section.tsx';
import { toast } from '../../ui/toast-store.ts';

export interface DeleteSectionProps {
  readonly project: { readonly id: string; readonly name: string; readonly runCount: number };
  readonly entity: string;
}

/** The end of a project: whoever wants it types its name. */
export function DeleteSection({ project, entity }: DeleteSectionProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Section
      id="delete"
      title="Delete this project"
      description={`All of it goes: ${countOf(project.runCount, 'run')} with history, summaries, files and logs. This cannot be taken back.`}
      actions={
        <Button look="danger" onClick={() => setOpen(true)}>
          Delete the project
        </Button>
      }
    >
      {isOpen && <DeleteDialog project={project} entity={entity} onClose={() => setOpen(false)} />}
    </Section>
  );
}

function DeleteDialog({ project, entity, onClose }: DeleteSectionProps & { readonly onClose: () => void }) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const remove = useMutation({
    mutationFn: () => execute(ProjectSettingsDeleteDocument, { id: project.id }),
    onSuccess: async () => {
      await navigate({ to: '/$entity', params: { entity } });
      for (const scope of ['project', 'run']) queryClient.removeQueries({ queryKey: [scope, entity, project.name] });
      void queryClient.invalidateQueries({ queryKey: ['entity', entity] });
      void queryClient.invalidateQueries({ queryKey: ['home'] });
      void queryClient.invalidateQueries({ queryKey: ['palette'] });
      toast({ text: `The project ${project.name} is deleted.` });
    },
  });
  return (
    <Dialog
      title={`Delete ${project.name}?`}
      description={`${countOf(project.runCount, 'run')} will be gone for good. This cannot be taken back.`}
      open
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed === project.name) remove.mutate();
        }}
      >
        <Field label={`Type ${project.name} to go on`}>
          {(control) => <Input {...control} value={typed} onChange={(event) => setTyped(event.target.value)} />}
        </Field>
        <FormProblem text={remove.error ? failureText(remove.error) : undefined} />
        <FormEnd>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="danger" type="submit" disabled={typed !== project.name || remove.isPending}>
            {remove.isPending ? 'Deleting …' : 'Delete for good'}
          </Button>
        </FormEnd>
      </form>
    </Dialog>
  );
}
