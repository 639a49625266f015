import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { failureKind, failureText } from '../../api/failure.ts';
import { queryClient } from '../../api/query-client.ts';
import { Logo } from '../../app/logo.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { returnPath } from '../../session/return-path.ts';
import { signIn } from '../../session/session.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/field.tsx';
import css from './sign-in-screen.module.css';

const route = getRouteApi('/sign-in');

/** Signs in with an API key, and leads to where one wanted to go. */
export function SignInScreen() {
  usePageTitle('Sign in');
  const { return: wanted, reason } = route.useSearch();
  const router = useRouter();
  const [apiKey, setApiKey] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (apiKey.trim() === '') return setProblem('Paste an API key first.');
    setBusy(true);
    try {
      await signIn(apiKey.trim());
      queryClient.clear();
      router.history.push(returnPath(wanted));
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };

  return (
    <main className={css.page}>
      <form className={css.card} onSubmit={(event) => void submit(event)} noValidate>
        <div className={css.logo}>
          <Logo />
        </div>
        <h1 className={css.title}>Sign in to Summa</h1>
        {reason === 'link-ended' && (
          <p className={css.notice} role="status">
            That link has been used or is too old. Sign in with an API key instead.
          </p>
        )}
        <Field
          label="API key"
          problem={problem}
          hint="The server printed it when it first started, and says where it is kept."
        >
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="current-password"
              autoFocus
              value={apiKey}
              onChange={(event) => {
                setApiKey(event.target.value);
                setProblem(undefined);
              }}
            />
          )}
        </Field>
        <Button look="main" size="large" type="submit" disabled={isBusy}>
          {isBusy ? 'Signing in …' : 'Sign in'}
        </Button>
      </form>
    </main>
  );
}

function problemOf(error: unknown): string {
  if (failureKind(error) === 'signed-out')
    return 'The server does not know this key, or it was revoked or has expired.';
  return failureText(error);
}
