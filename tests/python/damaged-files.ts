/** A generator of whole numbers below a bound, the same for the same seed. */
export type Random = (below: number) => number;

/** mulberry32. */
export function randomOf(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** How a file is damaged. */
export type Damage = 'cut' | 'flipped head' | 'flipped anywhere' | 'huge shape';

/** The kinds of damage. */
export const DAMAGES: readonly Damage[] = ['cut', 'flipped head', 'flipped anywhere', 'huge shape'];

/** Where most of what a file says of itself lies. */
const HEAD_BYTES = 1_000;

/** A damaged copy of a file whose tensor has the shape `shape`. */
export function damage(
  file: Buffer,
  kind: Damage,
  { random, shape }: { random: Random; shape: readonly number[] },
): Buffer {
  if (kind === 'cut') return file.subarray(0, random(file.length));
  if (kind === 'huge shape') return enlarge(Buffer.from(file), random, shape);
  return flip(Buffer.from(file), random, kind === 'flipped head' ? Math.min(HEAD_BYTES, file.length) : file.length);
}

function flip(file: Buffer, random: Random, below: number): Buffer {
  for (let flips = 1 + random(8); flips > 0; flips--) {
    const at = random(below);
    file.writeUInt8(file.readUInt8(at) ^ (1 << random(8)), at);
  }
  return file;
}

/** Makes the file claim more values than it has, wherever it says how many. */
function enlarge(file: Buffer, random: Random, shape: readonly number[]): Buffer {
  if (file.subarray(0, 6).equals(Buffer.from('\x93NUMPY', 'latin1'))) return enlargeNpy(file, random);
  const axis = Buffer.alloc(8);
  axis.writeBigUInt64LE(BigInt(shape[random(shape.length)] ?? 1));
  for (let at = file.indexOf(axis); at >= 0; at = file.indexOf(axis, at + 8)) {
    file.writeBigUInt64LE(1n << BigInt(20 + random(44)), at);
  }
  return file;
}

function enlargeNpy(file: Buffer, random: Random): Buffer {
  const end = file.indexOf('\n');
  const text = file.subarray(0, end).toString('latin1');
  const huge = `${10 ** (5 + random(14))}, ${1 + random(1000)}`;
  const written = text.replace(/'shape': \([^)]*\)/, `'shape': (${huge})`);
  return Buffer.concat([Buffer.from(written.padEnd(end).slice(0, end), 'latin1'), file.subarray(end)]);
}
