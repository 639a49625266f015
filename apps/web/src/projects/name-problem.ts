const MOST_CHARACTERS = 128;

/** What is wrong with the name of a project that is to be made, in words; the server has the last word. */
export function nameProblem(name: string): string | undefined {
  if (name === '') return 'Give it a name first.';
  if (name.length > MOST_CHARACTERS) return `A name has at most ${MOST_CHARACTERS} characters.`;
  const strange = /[^A-Za-z0-9_.-]/u.exec(name)?.[0];
  if (strange === undefined) return undefined;
  return strange === ' ' ? 'A name has no spaces; use “-” instead.' : `A name cannot have “${strange}” in it.`;
}
