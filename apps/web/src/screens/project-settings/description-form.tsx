import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { failureText } from '../../api/failure.ts';
import { execute, type QueryKey } from '../../api/query.ts';
import { queryClient } from '../../api/query-client.ts';
import { ProjectSettingsUpdateDocument } from '../../generated/graphql.ts';
import { Button } from '../../ui/button.tsx';
import { Field, TextArea } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/section.tsx';
import { toast } from '../../ui/toast-store.ts';
import css from './project-settings.module.css';

export interface DescriptionFormProps {
  readonly project: { readonly id: string; readonly description: string };
  readonly queryKey: QueryKey;
}

/** Where owners say what the project is about. */
export function DescriptionForm({ project, queryKey }: DescriptionFormProps) {
  const [text, setText] = useState(project.description);
  const save = useMutation({
    mutationFn: (description: string) =>
      execute(ProjectSettingsUpdateDocument, { input: { projectId: project.id, description } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey }),
  });
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const before = project.description;
    save.mutate(text, {
      onSuccess: () => toast({ text: 'The description is saved.', undo: () => save.mutate(before) }),
    });
  };
  return (
    <form className={css.form} onSubmit={submit}>
      <Field label="Description" hint="Shown in the list of projects.">
        {(control) => (
          <TextArea
            {...control}
            rows={3}
            maxLength={100_000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <FormProblem text={save.error ? failureText(save.error) : undefined} />
      <div>
        <Button type="submit" disabled={save.isPending || text === project.description}>
          Save
        </Button>
      </div>
    </form>
  );
}
