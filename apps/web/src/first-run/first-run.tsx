import { useMutation } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { failureText } from '../api/failure.ts';
import { execute } from '../api/query.ts';
import { MakeFirstKeyDocument } from '../generated/graphql.ts';
import { StateDot } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { CodeBlock } from '../ui/copy.tsx';
import { Tabs } from '../ui/tabs.tsx';
import css from './first-run.module.css';
import { pythonSnippet, typescriptSnippet } from './snippets.ts';

type Language = 'python' | 'typescript';

/** Shows how to log the first run into a project, with this server's address. It goes when the first row arrives. */
export function FirstRun({ entity, project }: { readonly entity: string; readonly project: string }) {
  const [language, setLanguage] = useState<Language>('python');
  const making = useMutation({ mutationFn: () => execute(MakeFirstKeyDocument, { name: `first run of ${project}` }) });
  const apiKey = making.data?.createApiKey.key;
  const place = { url: window.location.origin, entity, project, apiKey };
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
        <StateDot tone="idle" word="Waiting for the first row …" />
      </div>
    </section>
  );
}
