import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { listenToKeyboard, useShortcut } from '../keyboard/shortcuts.ts';
import { ShortcutsDialog } from '../keyboard/shortcuts-dialog.tsx';
import { useLiveStatus, wakeLive } from '../live/live.ts';
import type { PaletteEntry } from '../palette/palette.tsx';
import { leaveSession } from '../session/leave-session.ts';
import { chooseTheme } from '../theme/theme.ts';
import { Button } from '../ui/button.tsx';
import { Toaster } from '../ui/toaster.tsx';
import { TooltipProvider } from '../ui/tooltip.tsx';
import css from './frame.module.css';
import { TopBar } from './top-bar.tsx';

const Palette = lazy(async () => ({ default: (await import('../palette/palette.tsx')).Palette }));

/** What stands around every screen: the top bar, what is said at the edge, the palette and the keys of the keyboard. */
export function Frame() {
  const isBare = useRouterState({ select: ({ location }) => location.pathname === '/sign-in' });
  return (
    <TooltipProvider>
      {isBare ? <Outlet /> : <FullFrame />}
      <Toaster />
    </TooltipProvider>
  );
}

type Open = 'palette' | 'shortcuts' | null;

function FullFrame() {
  const [open, setOpen] = useState<Open>(null);
  useEffect(() => listenToKeyboard(window), []);
  useShortcut('mod+k', 'Search runs, metrics, projects and actions', () => setOpen('palette'));
  useShortcut('/', 'Filter what is shown', focusFilter);
  useShortcut('?', 'Show these keys', () => setOpen('shortcuts'));
  const actions = useActions(() => setOpen('shortcuts'));
  return (
    <>
      <a className={css.skip} href="#content">
        Skip to the content
      </a>
      <TopBar onSearch={() => setOpen('palette')} onShortcuts={() => setOpen('shortcuts')} />
      <OfflineNotice />
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
      {open === 'palette' && (
        <Suspense>
          <Palette onClose={() => setOpen(null)} actions={actions} />
        </Suspense>
      )}
      <ShortcutsDialog open={open === 'shortcuts'} onClose={() => setOpen(null)} />
    </>
  );
}

/** Says, while the server does not answer, that what is seen is from before. */
function OfflineNotice() {
  const status = useLiveStatus();
  return (
    <div role="status">
      {status === 'offline' && (
        <div className={css.offline}>
          <span>The server does not answer. What you see is from before; it goes on by itself.</span>
          <Button onClick={wakeLive}>Try now</Button>
        </div>
      )}
    </div>
  );
}

function useActions(showShortcuts: () => void): PaletteEntry[] {
  const navigate = useNavigate();
  const action = (id: string, title: string, run: () => void) => ({ id, title, run, kind: 'Action' });
  return [
    action('home', 'All projects', () => void navigate({ to: '/' })),
    action('settings', 'Settings: API keys and members', () => void navigate({ to: '/settings' })),
    action('graphiql', 'GraphiQL: ask the API', () => window.open('/graphiql', '_blank', 'noreferrer')),
    action('theme-light', 'Light theme', () => chooseTheme('light')),
    action('theme-dark', 'Dark theme', () => chooseTheme('dark')),
    action('theme-system', "The system's theme", () => chooseTheme('system')),
    action('shortcuts', 'Keys of the keyboard', showShortcuts),
    action('sign-out', 'Sign out', () => void leaveSession().then(() => navigate({ to: '/sign-in' }))),
  ];
}

function focusFilter(): void {
  document.querySelector<HTMLInputElement>('input[data-filter]')?.focus();
}
