const MOST_LINES = 20;

/** The lines that only one of two texts has, `-` before those of the first: at most 20, and how many more there are. */
export function shortDiff(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const lines = [
    ...linesWithout(old, now).map((line) => `- ${line.trim()}`),
    ...linesWithout(now, old).map((line) => `+ ${line.trim()}`),
  ];
  if (lines.length === 0) return '(the same lines in another order)';
  const more = lines.length - MOST_LINES;
  return [...lines.slice(0, MOST_LINES), ...(more > 0 ? [`… and ${more} more lines`] : [])].join('\n');
}

/** The lines that the others lack; of a line that stands more often, as many as are too many. */
function linesWithout(lines: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}
