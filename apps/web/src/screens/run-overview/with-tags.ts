/** The tags with those of a comma list that are not there yet; the same list when there are none. */
export function withTags(tags: readonly string[], text: string): readonly string[] {
  const added = text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '' && !tags.includes(each));
  return added.length === 0 ? tags : [...new Set([...tags, ...added])];
}
