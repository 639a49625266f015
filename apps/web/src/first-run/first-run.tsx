import { Link } from '@tanstack/react-router';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { buttonClass } from '../ui/button.tsx';
import { CodeBlock } from '../ui/copy.tsx';
import { Tabs } from '../ui/tabs.tsx';
import css from './first-run.module.css';
import { pythonSnippet, typescriptSnippet } from './snippets.ts';

type Language = 'python' | 'typescript';

/** Shows how to log the first run into a project, with this server's address. It goes when the first row arrives. */
export function FirstRun({ entity, project }: { readonly entity: string; readonly project: string }) {
  const [language, setLanguage] = useState<Language>('python');
  const place = { url: window.location.origin, entity, project };
  const text = language === 'python' ? pythonSnippet(place) : typescriptSnippet(place);
  return (
    <section className={css.card} aria-labelledby="first-run">
      <h2 id="first-run" className={css.title}>
        Log the first run
      </h2>
      <p className={css.text}>Run this beside your training code. What it logs appears here by itself.</p>
      <Tabs
        label="Language"
        value={language}
        onChange={setLanguage}
        tabs={[
          ['python', 'Python'],
          ['typescript', 'TypeScript'],
        ]}
      >
        <div className={css.code}>
          <CodeBlock text={text} label="Copy the code" />
        </div>
      </Tabs>
      <div className={css.foot}>
        <Link to="/settings" className={buttonClass()}>
          <KeyRound aria-hidden />
          Get an API key
        </Link>
        <span className={css.text} role="status">
          Waiting for the first row …
        </span>
      </div>
    </section>
  );
}
