/** The list with the item at `from` at `to` instead. */
export function moveItem<Item>(list: readonly Item[], from: number, to: number): Item[] {
  const others = list.filter((_, at) => at !== from);
  const moved = list[from];
  return moved === undefined ? others : [...others.slice(0, to), moved, ...others.slice(to)];
}
