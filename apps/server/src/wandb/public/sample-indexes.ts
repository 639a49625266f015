/** Which of `count` items to show when only `samples` may be: evenly spread, the first and the last among them. */
export function sampleIndexes(count: number, samples: number): number[] {
  if (count <= samples) return Array.from({ length: count }, (_, i) => i);
  if (samples <= 1) return samples === 1 ? [count - 1] : [];
  return Array.from({ length: samples }, (_, i) => Math.round((i * (count - 1)) / (samples - 1)));
}
