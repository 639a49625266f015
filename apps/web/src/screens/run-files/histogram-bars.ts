/** One bar of a histogram, in shares of its width and height. */
export interface Bar {
  readonly left: number;
  readonly width: number;
  readonly height: number;
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Lays out the bars of a histogram: edges to scale, the highest bar as high as there is room. */
export function histogramBars(edges: readonly number[], counts: readonly number[]): Bar[] {
  const [low = 0, high = 0] = [edges[0], edges.at(-1)];
  const most = Math.max(...counts, 0);
  const span = high - low;
  return counts.map((count, i) => {
    const [from = low, to = high] = [edges[i], edges[i + 1]];
    const isFlat = !(span > 0) || !Number.isFinite(span);
    return {
      left: isFlat ? i / counts.length : (from - low) / span,
      width: isFlat ? 1 / counts.length : (to - from) / span,
      height: most > 0 ? count / most : 0,
      from,
      to,
      count,
    };
  });
}
