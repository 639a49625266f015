import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Braces, ChevronsUpDown, Keyboard, LogOut, Search, Settings, SunMoon } from 'lucide-react';
import { keyText } from '../keyboard/key-text.ts';
import { leaveSession } from '../session/leave-session.ts';
import { useViewer } from '../session/viewer-query.ts';
import { chooseTheme, useTheme } from '../theme/theme.ts';
import { Button, buttonClass, IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Kbd } from '../ui/kbd.tsx';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLink, MenuSeparator } from '../ui/menu.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import css from './frame.module.css';
import { Logo } from './logo.tsx';
import { ProjectSwitcher } from './project-switcher.tsx';

const SEARCH_KEYS = keyText('mod+k');

export interface TopBarProps {
  readonly onSearch: () => void;
  readonly onShortcuts: () => void;
}

/** Where one is, the search, and what belongs to the person. */
export function TopBar({ onSearch, onShortcuts }: TopBarProps) {
  return (
    <header className={css.top}>
      <Link to="/" className={css.logo} aria-label="Summa: all projects">
        <Logo />
        <span className={css.logoWord}>summa</span>
      </Link>
      <Crumbs />
      <Button className={css.search ?? ''} onClick={onSearch} aria-label={`Search ${SEARCH_KEYS}`}>
        <Search aria-hidden />
        <span className={css.searchText}>Search</span>{' '}
        <span className={css.searchKeys}>
          <Kbd>{SEARCH_KEYS}</Kbd>
        </span>
      </Button>
      <ThemeMenu />
      <Tooltip text="Settings">
        <Link to="/settings" aria-label="Settings" className={buttonClass('quiet')}>
          <Settings aria-hidden />
        </Link>
      </Tooltip>
      <UserMenu onShortcuts={onShortcuts} />
    </header>
  );
}

function Crumbs() {
  const { entity, project } = useParams({ strict: false });
  return (
    <nav className={css.crumbs} aria-label="Where you are">
      {entity !== undefined && (
        <Link
          to="/$entity"
          params={{ entity }}
          className={classNames(css.crumb, project !== undefined && css.crumbEntity)}
        >
          {entity}
        </Link>
      )}
      {entity !== undefined && project !== undefined && (
        <>
          <span className={css.slash} aria-hidden="true">
            /
          </span>
          <Link to="/$entity/$project" params={{ entity, project }} className={css.crumb}>
            {project}
          </Link>
          <ProjectSwitcher
            trigger={
              <IconButton label="Switch the project">
                <ChevronsUpDown aria-hidden />
              </IconButton>
            }
          />
        </>
      )}
    </nav>
  );
}

function ThemeMenu() {
  const theme = useTheme();
  return (
    <Menu
      align="end"
      trigger={
        <Button look="quiet" aria-label="Theme">
          <SunMoon aria-hidden />
        </Button>
      }
    >
      <MenuChoice
        value={theme}
        onChange={chooseTheme}
        options={[
          ['system', 'As the system'],
          ['light', 'Light'],
          ['dark', 'Dark'],
        ]}
      />
    </Menu>
  );
}

function UserMenu({ onShortcuts }: { readonly onShortcuts: () => void }) {
  const viewer = useViewer();
  const navigate = useNavigate();
  const name = viewer.displayName || viewer.name;
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" className={css.avatar} aria-label={`${initialsOf(name)}: account of ${name}`}>
          {initialsOf(name)}
        </button>
      }
    >
      <MenuLabel>{name === viewer.name ? name : `${name} (${viewer.name})`}</MenuLabel>
      <MenuLink>
        <Link to="/settings">
          <Settings aria-hidden />
          API keys and members
        </Link>
      </MenuLink>
      <MenuLink>
        <a href="/graphiql" target="_blank" rel="noreferrer">
          <Braces aria-hidden />
          GraphiQL: ask the API
        </a>
      </MenuLink>
      <MenuItem icon={<Keyboard aria-hidden />} onSelect={onShortcuts}>
        Keyboard
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<LogOut aria-hidden />}
        onSelect={() =>
          void leaveSession().then(
            () => navigate({ to: '/sign-in' }),
            () => undefined,
          )
        }
      >
        Sign out
      </MenuItem>
    </Menu>
  );
}

function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => word !== '');
  const [first = '?', second] = words;
  return (second === undefined ? first.slice(0, 2) : `${first[0]}${second[0]}`).toUpperCase();
}
