import { xxhash32 } from '@summa/core/hash/xxhash32';

/** How many colours there are: `--run-1` to `--run-12` of the tokens. */
export const RUN_COLOURS = 12;

/** Dash patterns in CSS pixels: solid for the first twelve runs, then one pattern for every further twelve. */
export const RUN_DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [9, 3, 2, 3]];

/** How many lines look different. */
export const RUN_LOOKS = RUN_COLOURS * RUN_DASHES.length;

/** How a run is drawn everywhere. */
export interface RunLook {
  /** From 0 to `RUN_LOOKS` - 1; what is kept. */
  readonly look: number;
  /** The colour as CSS: `var(--run-3)`. */
  readonly colour: string;
  readonly dash: readonly number[];
}

/** The look with this number. */
export function runLook(look: number): RunLook {
  const dash = RUN_DASHES[Math.floor(look / RUN_COLOURS) % RUN_DASHES.length] ?? [];
  return { look, colour: `var(--run-${(look % RUN_COLOURS) + 1})`, dash };
}

/**
 * Gives every run that has none a look: the one that its id hashes to, else the next that none of these runs has; solid lines
 * first. What is given stays. When all looks are taken a run gets the one that it hashes to.
 */
export function assignLooks(given: ReadonlyMap<string, number>, runIds: readonly string[]): Map<string, number> {
  const looks = new Map(given);
  const taken = new Set(runIds.map((id) => looks.get(id)));
  for (const id of runIds) {
    if (looks.has(id)) continue;
    const look = freeLook(xxhash32(new TextEncoder().encode(id)), taken);
    looks.set(id, look);
    taken.add(look);
  }
  return looks;
}

function freeLook(hash: number, taken: ReadonlySet<number | undefined>): number {
  for (let dash = 0; dash < RUN_DASHES.length; dash++) {
    for (let step = 0; step < RUN_COLOURS; step++) {
      const look = dash * RUN_COLOURS + ((hash + step) % RUN_COLOURS);
      if (!taken.has(look)) return look;
    }
  }
  return hash % RUN_LOOKS;
}
