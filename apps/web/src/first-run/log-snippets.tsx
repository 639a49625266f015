import { Link } from '@tanstack/react-router';
import { KeyRound } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { buttonClass } from '../ui/button.tsx';
import { CodeBlock } from '../ui/copy.tsx';
import { Tabs } from '../ui/tabs.tsx';
import css from './first-run.module.css';
import { pythonSnippet, typescriptSnippet } from './snippets.ts';

type Language = 'python' | 'typescript';

export interface LogSnippetsProps {
  readonly entity: string;
  readonly project: string;
  /** Said beside the way to a key. */
  readonly note?: ReactNode;
}

/** How to log into a project with this server's address, for each language. */
export function LogSnippets({ entity, project, note }: LogSnippetsProps) {
  const [language, setLanguage] = useState<Language>('python');
  const place = { url: window.location.origin, entity, project };
  const text = language === 'python' ? pythonSnippet(place) : typescriptSnippet(place);
  return (
    <div>
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
        {note}
      </div>
    </div>
  );
}
