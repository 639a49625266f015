import { Maximize2, Minimize2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { ErrorState } from '../../ui/states.tsx';
import css from './run-files.module.css';

/** A picture: as large as there is room, or pixel by pixel. */
export function ImagePreview({ src, name }: { readonly src: string; readonly name: string }) {
  const [isFull, setFull] = useState(false);
  const [size, setSize] = useState<readonly [number, number] | null>(null);
  const [isBroken, setBroken] = useState(false);
  if (isBroken) {
    return <ErrorState title="This picture cannot be shown" message="The browser does not understand its bytes." />;
  }
  return (
    <>
      <div className={css.imageBar}>
        <span className={css.note}>{size ? `${size[0]} × ${size[1]} px` : ''}</span>
        <Button look="quiet" aria-pressed={isFull} onClick={() => setFull(!isFull)}>
          {isFull ? <Minimize2 aria-hidden /> : <Maximize2 aria-hidden />}
          {isFull ? 'Fit' : 'Actual size'}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
      <section className={classNames(css.imageGround, isFull && css.imageFull)} tabIndex={0} aria-label="Picture">
        <img
          src={src}
          alt={name}
          onError={() => setBroken(true)}
          onLoad={({ currentTarget: image }) => setSize([image.naturalWidth, image.naturalHeight])}
        />
      </section>
    </>
  );
}
