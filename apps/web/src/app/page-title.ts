import { useEffect } from 'react';

/** Names the page in the browser's tab and history: the narrowest first, `adam-wide · digits · Summa`. */
export function usePageTitle(...parts: readonly string[]): void {
  const title = [...parts, 'Summa'].join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
