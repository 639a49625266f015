import { type Column, columnWords } from './column.ts';

/** A line of the list of columns. */
export type ColumnItem =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'column'; readonly column: Column };

const HEADINGS = { field: 'Run', summary: 'Summary', config: 'Config' } as const;

/** The columns whose name has every word of a search, under headings; those that begin with it first. */
export function searchColumns(columns: readonly Column[], text: string): ColumnItem[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = columns.filter((column) => {
    const name = columnWords(column).toLowerCase();
    return words.every((word) => name.includes(word));
  });
  return (['field', 'summary', 'config'] as const).flatMap((kind) => {
    const ofKind = found.filter((column) => column.kind === kind);
    const starts = (column: Column) =>
      columnWords(column)
        .toLowerCase()
        .startsWith(words[0] ?? '');
    const ordered = words.length === 0 ? ofKind : [...ofKind.filter(starts), ...ofKind.filter((each) => !starts(each))];
    if (ordered.length === 0) return [];
    return [
      { kind: 'heading', text: HEADINGS[kind] } as const,
      ...ordered.map((column) => ({ kind: 'column', column }) as const),
    ];
  });
}
