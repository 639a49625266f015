import type { ValueBlock } from './value-block.ts';

/** How many bins a tensor's histogram has. */
export const BIN_COUNT = 64;

/** How many values lie between each edge and the next; edges ascend, and there is one more of them than counts. */
export interface Histogram {
  readonly counts: readonly number[];
  readonly edges: readonly number[];
}

/**
 * Counts finite values in 64 bins of equal width from the smallest to the largest, as `numpy.histogram` does: a bin
 * holds its lower edge, the last one both.
 *
 * When all values are equal, the bins reach 0.5 to either side of them, or so much further that float64 tells the edges
 * apart. When all values are closer together than that, edges repeat and the bins between those are empty.
 */
export class TensorHistogram {
  readonly edges: Float64Array;
  readonly counts: Float64Array = new Float64Array(BIN_COUNT);

  /** 1, or less where the whole range is beyond float64. */
  readonly #scale: number;

  constructor(min: number, max: number) {
    this.edges = binEdges(min, max);
    this.#scale = Number.isFinite(max - min) ? 1 : 0.25;
  }

  add({ values, length }: ValueBlock): void {
    const { edges, counts } = this;
    const scale = this.#scale;
    const first = (edges[0] as number) * scale; // there are 65 edges
    const width = (edges[BIN_COUNT] as number) * scale - first;
    for (let i = 0; i < length; i++) {
      const value = values[i] as number; // i < length
      let bin = Math.min(BIN_COUNT - 1, Math.floor(((value * scale - first) / width) * BIN_COUNT));
      // The division may round a value that lies on an edge into the bin beside it.
      if (value < (edges[bin] as number)) bin -= 1;
      else if (bin < BIN_COUNT - 1 && value >= (edges[bin + 1] as number)) bin += 1;
      counts[bin] = (counts[bin] as number) + 1;
    }
  }

  toHistogram(): Histogram {
    return { counts: [...this.counts], edges: [...this.edges] };
  }
}

/** `numpy.linspace` over the range; unlike it, a range beyond float64 has finite edges. */
function binEdges(min: number, max: number): Float64Array {
  const [first, last] = min === max ? widen(min) : [min, max];
  const step = (last - first) / BIN_COUNT;
  const edgeAt = Number.isFinite(step)
    ? (i: number) => i * step + first
    : (i: number) => first * (1 - i / BIN_COUNT) + last * (i / BIN_COUNT);
  const edges = Float64Array.from({ length: BIN_COUNT + 1 }, (_, i) => edgeAt(i));
  edges[BIN_COUNT] = last;
  return edges;
}

function widen(value: number): [number, number] {
  const reach = Math.max(0.5, Math.abs(value) * 2 ** -47);
  return [Math.max(-Number.MAX_VALUE, value - reach), Math.min(Number.MAX_VALUE, value + reach)];
}
