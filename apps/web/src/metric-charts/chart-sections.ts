/** A metric that may have a chart. */
export interface MetricKey {
  readonly key: string;
  /** The elements of the key, outermost first. */
  readonly path: readonly string[];
}

/** Charts whose keys begin alike. */
export interface ChartSection {
  /** What the keys have in common; empty for those that have nothing. */
  readonly name: string;
  readonly keys: readonly string[];
}

const byNumber = new Intl.Collator('en', { numeric: true });

/** The metrics whose key contains a text, whatever the case, by the first part of their key; those without parts first. */
export function chartSections(metrics: readonly MetricKey[], text: string): readonly ChartSection[] {
  const wanted = text.trim().toLowerCase();
  const sections = new Map<string, string[]>();
  for (const { key, path } of metrics) {
    if (!key.toLowerCase().includes(wanted)) continue;
    const name = firstPart(path);
    const keys = sections.get(name);
    if (keys) keys.push(key);
    else sections.set(name, [key]);
  }
  return [...sections]
    .map(([name, keys]) => ({ name, keys: keys.sort(byNumber.compare) }))
    .sort((a, b) => byNumber.compare(a.name, b.name));
}

function firstPart([first = '', ...deeper]: readonly string[]): string {
  const slash = first.indexOf('/');
  if (slash > 0 && slash < first.length - 1) return first.slice(0, slash);
  return deeper.length > 0 ? first : '';
}

/** A row of the page: the head of a section, or some of its charts side by side. */
export type ChartRow =
  | { readonly kind: 'head'; readonly section: ChartSection; readonly isClosed: boolean }
  | { readonly kind: 'charts'; readonly section: string; readonly keys: readonly string[] };

/** Lays the sections out in rows of so many charts; of a closed section there is only the head. */
export function chartRows(
  sections: readonly ChartSection[],
  closed: readonly string[],
  columns: number,
): readonly ChartRow[] {
  return sections.flatMap((section): ChartRow[] => {
    const isClosed = closed.includes(section.name === '' ? NO_PREFIX : section.name);
    const head: ChartRow = { kind: 'head', section, isClosed };
    if (isClosed) return [head];
    const count = Math.ceil(section.keys.length / columns);
    const rows = Array.from({ length: count }, (_, row): ChartRow => {
      return { kind: 'charts', section: section.name, keys: section.keys.slice(row * columns, (row + 1) * columns) };
    });
    return [head, ...rows];
  });
}

/** What the section of keys without parts is called in an address. */
export const NO_PREFIX = '-';

/** Wide enough to read, narrow enough for three beside the runs on a laptop. */
const LEAST_WIDTH = 340;
export const CHART_GAP = 12;

/** How many charts stand side by side in so many pixels. */
export function columnsIn(width: number): number {
  return Math.max(1, Math.floor((width + CHART_GAP) / (LEAST_WIDTH + CHART_GAP)));
}
