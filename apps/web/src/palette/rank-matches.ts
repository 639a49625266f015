/** Something that a text may find. */
export interface Findable {
  readonly title: string;
}

/**
 * What a text finds, the best first: every word must occur in the title, whatever the case; a title that begins with the
 * text comes before one that has it at the start of a word, and that before any other. An empty text finds everything.
 */
export function rankMatches<Item extends Findable>(items: readonly Item[], text: string): Item[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [...items];
  const words = wanted.split(/\s+/);
  return items
    .filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)))
    .map((item) => ({ item, rank: rankOf(item.title.toLowerCase(), wanted) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

function rankOf(title: string, wanted: string): number {
  const at = title.indexOf(wanted);
  if (at === 0) return 0;
  if (at > 0) return /[\s/._-]/.test(title[at - 1] ?? '') ? 1 : 2;
  return 3;
}
