import { type RefObject, useEffect, useRef, useState } from 'react';

const AHEAD = '200px';

/** Whether an element has come into view, or near it; once it has, it stays so. */
export function useSeen<Target extends Element>(): {
  readonly ref: RefObject<Target | null>;
  readonly isSeen: boolean;
} {
  const ref = useRef<Target>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (isSeen || !ref.current) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setSeen(true),
      { rootMargin: AHEAD },
    );
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [isSeen]);
  return { ref, isSeen };
}
