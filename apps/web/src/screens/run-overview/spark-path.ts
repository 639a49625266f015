/** One bucket of a line; null where it has no finite number. */
export interface SparkLine {
  readonly steps: readonly number[];
  readonly values: readonly (number | null)[];
}

/**
 * The path of a small line in a box: steps from left to right, the least value at the bottom; a gap where there is no
 * finite number. Empty when no value is finite.
 */
export function sparkPath({ steps, values }: SparkLine, width: number, height: number): string {
  const finite = values.filter((value): value is number => value !== null && Number.isFinite(value));
  if (finite.length === 0) return '';
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const [first, last] = [steps[0] ?? 0, steps[steps.length - 1] ?? 0];
  let path = '';
  let pen = 'M';
  for (const [index, value] of values.entries()) {
    if (value === null || !Number.isFinite(value)) {
      pen = 'M';
      continue;
    }
    const x = last === first ? width / 2 : (((steps[index] ?? first) - first) / (last - first)) * width;
    const y = high === low ? height / 2 : height - ((value - low) / (high - low)) * height;
    path += `${pen}${round(x)} ${round(y)}`;
    // A single point is drawn as a dot: a line to where it is.
    const alone = pen === 'M' && !Number.isFinite(values[index + 1] ?? Number.NaN);
    if (alone) path += `L${round(x)} ${round(y)}`;
    pen = 'L';
  }
  return path;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
