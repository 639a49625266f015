import { useMutation } from '@tanstack/react-query';
import { useId } from 'react';
import { failureText } from '../../api/failure.ts';
import { execute, type QueryKey } from '../../api/query.ts';
import { queryClient } from '../../api/query-client.ts';
import { ProjectSettingsUpdateDocument, type Visibility } from '../../generated/graphql.ts';
import { FormProblem } from '../../ui/section.tsx';
import { toast } from '../../ui/toast-store.ts';
import css from './project-settings.module.css';

const CHOICES: readonly (readonly [Visibility, string, string])[] = [
  ['PRIVATE', 'Private', 'The members of its entity see it.'],
  ['PUBLIC', 'Public', 'Everybody with an account on this server sees it. Only members write to it.'],
];

export interface VisibilityFormProps {
  readonly project: { readonly id: string; readonly visibility: Visibility };
  readonly isOwner: boolean;
  readonly queryKey: QueryKey;
}

/** Who may see the project; owners choose. */
export function VisibilityForm({ project, isOwner, queryKey }: VisibilityFormProps) {
  const name = useId();
  const save = useMutation({
    mutationFn: (visibility: Visibility) =>
      execute(ProjectSettingsUpdateDocument, { input: { projectId: project.id, visibility } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  });
  const choose = (next: Visibility) => {
    const before = project.visibility;
    save.mutate(next, {
      onSuccess: () =>
        toast({
          text: next === 'PUBLIC' ? 'The project is public.' : 'The project is private.',
          undo: () => save.mutate(before),
        }),
    });
  };
  const shown = save.isPending ? save.variables : project.visibility;
  return (
    <fieldset className={css.choices} disabled={!isOwner}>
      <legend className="visually-hidden">Who may see the project</legend>
      {CHOICES.map(([visibility, word, meaning]) => (
        <label key={visibility} className={css.choice}>
          <input type="radio" name={name} checked={shown === visibility} onChange={() => choose(visibility)} />
          <span>
            <span className={css.word}>{word}</span>
            <span className={css.meaning}>{meaning}</span>
          </span>
        </label>
      ))}
      {!isOwner && <p className={css.meaning}>Owners of the entity can change this.</p>}
      <FormProblem text={save.error ? failureText(save.error) : undefined} />
    </fieldset>
  );
}
