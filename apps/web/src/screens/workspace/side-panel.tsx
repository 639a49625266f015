import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';
import css from './workspace-screen.module.css';

const STORAGE_KEY = 'summa.workspace-list-width';
const LEAST = 240;
const MOST = 320;
const USUAL = 280;
const BY_KEY = 10;

/** A panel at the left whose width one drags, or sets with the arrow keys; this browser remembers it. */
export function SidePanel({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const [width, setWidth] = useState(readWidth);
  const change = (next: number) => {
    const kept = Math.round(Math.min(MOST, Math.max(LEAST, next)));
    setWidth(kept);
    try {
      localStorage.setItem(STORAGE_KEY, String(kept));
    } catch {
      // Without storage the width holds until the page is left.
    }
  };
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) {
      change(event.clientX - (event.currentTarget.parentElement?.getBoundingClientRect().left ?? 0));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const targets: Record<string, number> = {
      ArrowLeft: width - BY_KEY,
      ArrowRight: width + BY_KEY,
      Home: LEAST,
      End: MOST,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    change(target);
  };
  return (
    <aside className={css.side} style={{ width }} aria-label={label}>
      {children}
      {/* biome-ignore lint/a11y/useSemanticElements: a rule cannot be dragged */}
      <div
        className={css.handle}
        role="separator"
        aria-orientation="vertical"
        aria-label={`Width of the ${label.toLowerCase()}`}
        aria-valuenow={width}
        aria-valuemin={LEAST}
        aria-valuemax={MOST}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onDoubleClick={() => change(USUAL)}
      />
    </aside>
  );
}

function readWidth(): number {
  try {
    const kept = Number(localStorage.getItem(STORAGE_KEY));
    return kept >= LEAST && kept <= MOST ? kept : USUAL;
  } catch {
    return USUAL;
  }
}
