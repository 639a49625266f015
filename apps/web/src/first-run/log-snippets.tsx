import { useMutation } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { failureText } from '../api/failure.ts';
import { execute } from '../api/query.ts';
import { MakeFirstKeyDocument } from '../generated/graphql.ts';
import { Button } from '../ui/button.tsx';
import { CodeBlock } from '../ui/copy.tsx';
import { Tabs } from '../ui/tabs.tsx';
import css from './first-run.module.css';
import { pythonSnippet, typescriptSnippet } from './snippets.ts';

type Language = 'python' | 'typescript';

export interface LogSnippetsProps {
  readonly entity: string;
  readonly project: string;
  /** Said beside the button that makes a key. */
  readonly note?: ReactNode;
}

/** How to log into a project with this server's address, for each language, with a key when one is made here. */
export function LogSnippets({ entity, project, note }: LogSnippetsProps) {
  const [language, setLanguage] = useState<Language>('python');
  const making = useMutation({ mutationFn: () => execute(MakeFirstKeyDocument, { name: `first run of ${project}` }) });
  const apiKey = making.data?.createApiKey.key;
  const place = { url: window.location.origin, entity, project, apiKey };
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
        {apiKey === undefined && (
          <Button disabled={making.isPending} onClick={() => making.mutate()}>
            <KeyRound aria-hidden />
            Make an API key
          </Button>
        )}
        <span className={css.text} role="status">
          {apiKey === undefined ? '' : 'The key is in the code above. It is shown only now. '}
          {making.error && `No key was made: ${failureText(making.error)}`}
        </span>
        {note}
      </div>
    </div>
  );
}
