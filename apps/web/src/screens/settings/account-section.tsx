import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { LogOut } from 'lucide-react';
import type { Scope } from '../../generated/graphql.ts';
import { leaveSession } from '../../session/leave-session.ts';
import { currentSession } from '../../session/session.ts';
import { useViewer } from '../../session/viewer-query.ts';
import { chooseTheme, type ThemeChoice, useTheme } from '../../theme/theme.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import { Missing } from '../../ui/number-text.tsx';
import { Fact, Facts } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { scopeWords } from './api-key-words.ts';
import css from './settings.module.css';

/** Who is signed in and with what, how the app looks, and the way out. */
export function AccountSection() {
  const viewer = useViewer();
  const navigate = useNavigate();
  const theme = useTheme();
  const { data: session } = useQuery({ queryKey: ['session'], queryFn: currentSession });
  const leave = () =>
    void leaveSession().then(
      () => navigate({ to: '/sign-in' }),
      () => undefined,
    );
  return (
    <Section
      id="account"
      title="Account"
      actions={
        <Button onClick={leave}>
          <LogOut aria-hidden />
          Sign out
        </Button>
      }
    >
      <Facts>
        <Fact name="Signed in as">
          {viewer.displayName || viewer.name}
          {viewer.displayName !== '' && viewer.displayName !== viewer.name && (
            <span className={css.muted}> ({viewer.name})</span>
          )}
          {viewer.administrator && <span className={css.muted}>, administrator</span>}
        </Fact>
        <Fact name="This session may">{session ? scopeWords(session.scopes as Scope[]) : <Missing />}</Fact>
        <Fact name="Theme">
          <Select aria-label="Theme" value={theme} onChange={(event) => chooseTheme(event.target.value as ThemeChoice)}>
            <option value="system">As the system</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </Select>
        </Fact>
      </Facts>
    </Section>
  );
}
