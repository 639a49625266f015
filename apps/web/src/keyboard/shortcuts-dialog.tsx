import { Dialog } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { keyText } from './key-text.ts';
import { useShortcuts } from './shortcuts.ts';
import css from './shortcuts-dialog.module.css';

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
              <Kbd>{keyText(shortcut.keys)}</Kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
