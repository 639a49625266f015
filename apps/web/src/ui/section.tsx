import { type ReactNode, useId } from 'react';
import css from './section.module.css';

export interface SectionProps {
  /** For links to it: `#keys`. */
  readonly id: string;
  readonly title: string;
  readonly description?: ReactNode;
  /** Buttons beside the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page of settings, with its title and what can be done. */
export function Section({ id, title, description, actions, children }: SectionProps) {
  const titleId = useId();
  return (
    <section id={id} className={css.section} aria-labelledby={titleId}>
      <div className={css.head}>
        <div className={css.words}>
          <h2 id={titleId} className={css.title}>
            {title}
          </h2>
          {description !== undefined && <p className={css.description}>{description}</p>}
        </div>
        {actions !== undefined && <div className={css.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  );
}

/** The buttons at the foot of a dialog or a form, the one that does it last. */
export function FormEnd({ children }: { readonly children: ReactNode }) {
  return <div className={css.end}>{children}</div>;
}

/** What the server said when it refused, above the buttons of a form; nothing while all is well. */
export function FormProblem({ text }: { readonly text: string | undefined }) {
  return text === undefined ? null : (
    <p className={css.problem} role="alert">
      {text}
    </p>
  );
}

/** The fields of a form, one below the other. */
export function FormFields({ children }: { readonly children: ReactNode }) {
  return <div className={css.fields}>{children}</div>;
}
