import { StateDot } from '../ui/badge.tsx';
import css from './first-run.module.css';
import { LogSnippets } from './log-snippets.tsx';

/** Shows how to log the first run into a project, with this server's address. It goes when the first row arrives. */
export function FirstRun({ entity, project }: { readonly entity: string; readonly project: string }) {
  return (
    <section className={css.card} aria-labelledby="first-run">
      <h2 id="first-run" className={css.title}>
        Log the first run
      </h2>
      <p className={css.text}>Run this beside your training code. What it logs appears here by itself.</p>
      <LogSnippets
        entity={entity}
        project={project}
        note={<StateDot tone="idle" word="Waiting for the first row …" />}
      />
    </section>
  );
}
