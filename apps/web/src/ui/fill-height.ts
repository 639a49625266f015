import { type RefObject, useLayoutEffect, useState } from 'react';

const BELOW_PX = 12;

/** The height in px from an element's top to the bottom of the window, at least `least`; it follows what is above it. */
export function useFillHeight(element: RefObject<HTMLElement | null>, least: number): number {
  const [height, setHeight] = useState(least);
  useLayoutEffect(() => {
    const measure = () => {
      const top = (element.current?.getBoundingClientRect().top ?? 0) + window.scrollY;
      setHeight(Math.max(least, Math.floor(window.innerHeight - top - BELOW_PX)));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    window.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, [element, least]);
  return height;
}
