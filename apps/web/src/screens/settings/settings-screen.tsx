import { usePageTitle } from '../../app/page-title.ts';
import { useViewer } from '../../session/viewer-query.ts';
import { AccountSection } from './account-section.tsx';
import { ApiKeysSection } from './api-keys-section.tsx';
import css from './settings.module.css';
import { TeamsSection } from './teams-section.tsx';
import { UsersSection } from './users-section.tsx';

/** What belongs to the person: the session, the keys, the teams; and the users, for administrators. */
export function SettingsScreen() {
  usePageTitle('Settings');
  const { administrator } = useViewer();
  const parts = [
    ['account', 'Account'],
    ['keys', 'API keys'],
    ['members', 'Teams and members'],
    ...(administrator ? [['users', 'Users'] as const] : []),
  ] as const;
  return (
    <div className={css.page}>
      <nav className={css.nav} aria-label="Settings">
        <h1 className={css.title}>Settings</h1>
        {parts.map(([id, word]) => (
          <a key={id} href={`#${id}`}>
            {word}
          </a>
        ))}
      </nav>
      <div className={css.parts}>
        <AccountSection />
        <ApiKeysSection />
        <TeamsSection />
        {administrator && <UsersSection />}
      </div>
    </div>
  );
}
