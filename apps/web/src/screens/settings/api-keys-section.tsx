import { useMutation, useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { failureText } from '../../api/failure.ts';
import { apiQuery, execute } from '../../api/query.ts';
import { queryClient } from '../../api/query-client.ts';
import { QueryPart } from '../../app/query-part.tsx';
import { type SettingsKeyFragment, SettingsKeysDocument, SettingsRevokeKeyDocument } from '../../generated/graphql.ts';
import { StateDot } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Missing } from '../../ui/number-text.tsx';
import { PlainTable } from '../../ui/page.tsx';
import { FormEnd, FormProblem, Section } from '../../ui/section.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { toast } from '../../ui/toast-store.ts';
import { keyState, scopeWords } from './api-key-words.ts';
import { CreateKeyDialog } from './create-key-dialog.tsx';
import css from './settings.module.css';

const KEYS = apiQuery(['settings', 'keys'], SettingsKeysDocument, {});

/** The viewer's keys: those that work first, and those that have ended behind a button. */
export function ApiKeysSection() {
  const query = useQuery(KEYS);
  const [isCreating, setCreating] = useState(false);
  const [revoked, setRevoked] = useState<SettingsKeyFragment | null>(null);
  const [showsEnded, setShowsEnded] = useState(false);
  return (
    <Section
      id="keys"
      title="API keys"
      description="Programs sign in with a key: training code needs ingest, tools that read need read."
      actions={
        <Button look="main" onClick={() => setCreating(true)}>
          <Plus aria-hidden />
          New key
        </Button>
      }
    >
      <QueryPart query={query}>
        {({ viewer }) => {
          const now = new Date();
          const working = viewer.apiKeys.filter((key) => keyState(key, now) === 'works');
          const ended = viewer.apiKeys.filter((key) => keyState(key, now) !== 'works');
          const shown = showsEnded ? [...working, ...ended] : working;
          return (
            <>
              {shown.length === 0 ? (
                <EmptyState icon={<KeyRound aria-hidden />} title="No key works">
                  Make one to log runs or to read them from a program.
                </EmptyState>
              ) : (
                <KeyTable keys={shown} now={now} onRevoke={setRevoked} />
              )}
              {ended.length > 0 && (
                <div>
                  <Button look="quiet" aria-pressed={showsEnded} onClick={() => setShowsEnded(!showsEnded)}>
                    {showsEnded ? 'Hide' : 'Show'} {ended.length} that {ended.length === 1 ? 'has' : 'have'} ended
                  </Button>
                </div>
              )}
            </>
          );
        }}
      </QueryPart>
      {isCreating && <CreateKeyDialog onClose={() => setCreating(false)} onCreated={refresh} />}
      {revoked && <RevokeDialog apiKey={revoked} onClose={() => setRevoked(null)} />}
    </Section>
  );
}

function refresh(): void {
  void queryClient.invalidateQueries({ queryKey: KEYS.queryKey });
}

interface KeyTableProps {
  readonly keys: readonly SettingsKeyFragment[];
  readonly now: Date;
  readonly onRevoke: (key: SettingsKeyFragment) => void;
}

function KeyTable({ keys, now, onRevoke }: KeyTableProps) {
  return (
    <PlainTable caption="Keys and their scopes">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Scopes</th>
          <th scope="col" className={css.roomy}>
            Made
          </th>
          <th scope="col" className={css.roomy}>
            Last used
          </th>
          <th scope="col">Ends</th>
          <th scope="col">
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => {
          const state = keyState(key, now);
          return (
            <tr key={key.id} className={state === 'works' ? undefined : css.ended}>
              <td className={css.name} title={key.name}>
                {key.name}
              </td>
              <td>{scopeWords(key.scopes)}</td>
              <td className={css.roomy}>
                <RelativeTime at={key.createdAt} />
              </td>
              <td className={css.roomy}>
                {key.lastUsedAt === null ? <Missing /> : <RelativeTime at={key.lastUsedAt} />}
              </td>
              <td>
                <KeyEnd apiKey={key} state={state} />
              </td>
              <td className={css.last}>
                {state === 'works' && (
                  <Button look="danger" aria-label={`Revoke ${key.name}`} onClick={() => onRevoke(key)}>
                    Revoke
                  </Button>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </PlainTable>
  );
}

function KeyEnd({
  apiKey,
  state,
}: {
  readonly apiKey: SettingsKeyFragment;
  readonly state: ReturnType<typeof keyState>;
}) {
  if (state === 'revoked') return <StateDot tone="bad" word="Revoked" />;
  if (state === 'expired') return <StateDot tone="idle" word="Expired" />;
  return apiKey.expiresAt === null ? 'never' : <RelativeTime at={apiKey.expiresAt} />;
}

function RevokeDialog({ apiKey, onClose }: { readonly apiKey: SettingsKeyFragment; readonly onClose: () => void }) {
  const revoke = useMutation({
    mutationFn: () => execute(SettingsRevokeKeyDocument, { id: apiKey.id }),
    onSuccess: () => {
      onClose();
      toast({ text: `The key “${apiKey.name}” is revoked.` });
      refresh();
    },
  });
  return (
    <Dialog
      title={`Revoke “${apiKey.name}”?`}
      description="Programs that use it are refused at once, and it cannot be taken back. Runs that log with it stop being recorded."
      open
      onClose={onClose}
    >
      <FormProblem text={revoke.error ? failureText(revoke.error) : undefined} />
      <FormEnd>
        <Button onClick={onClose}>Keep it</Button>
        <Button look="danger" disabled={revoke.isPending} onClick={() => revoke.mutate()}>
          Revoke
        </Button>
      </FormEnd>
    </Dialog>
  );
}
