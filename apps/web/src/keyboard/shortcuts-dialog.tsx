import { Dialog } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { type Shortcut, useShortcuts } from './shortcuts.ts';
import css from './shortcuts-dialog.module.css';

const ON_A_MAC = /Mac|iPhone|iPad/.test(navigator.platform);

/** Lists every key that does something on this page. */
export function ShortcutsDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const shortcuts = useShortcuts();
  return (
    <Dialog title="Keyboard" open={open} onClose={onClose}>
      <dl className={css.list}>
        {shortcuts.map((shortcut) => (
          <div key={shortcut.keys} className={css.line}>
            <dt>{shortcut.label}</dt>
            <dd>
              <Kbd>{keyText(shortcut)}</Kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

function keyText({ keys }: Shortcut): string {
  return keys.startsWith('mod+') ? `${ON_A_MAC ? '⌘' : 'Ctrl '}${keys.slice(4).toUpperCase()}` : keys;
}
