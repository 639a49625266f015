import { X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { Button, IconButton } from './button.tsx';
import { closeToast, currentToasts, onToasts } from './toast-store.ts';
import css from './toaster.module.css';

/** Shows what `toast` says; once in the app. */
export function Toaster() {
  const toasts = useSyncExternalStore(onToasts, currentToasts);
  return (
    <section className={css.stack} aria-label="Messages" aria-live="polite">
      {toasts.map(({ id, text, undo }) => (
        <div key={id} className={css.toast}>
          <span className={css.text}>{text}</span>
          {undo && (
            <Button
              look="quiet"
              onClick={() => {
                closeToast(id);
                undo();
              }}
            >
              Undo
            </Button>
          )}
          <IconButton label="Close this message" onClick={() => closeToast(id)}>
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
    </section>
  );
}
