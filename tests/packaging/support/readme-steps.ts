/** What a page of documentation tells its reader to do, in its order. */
export type Step =
  | { readonly kind: 'file'; readonly name: string; readonly text: string }
  /** A command, and the text that it prints as the page shows it, if it shows any. */
  | { readonly kind: 'command'; readonly command: string; readonly output: string | null };

const BLOCK = /^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm;

/**
 * The steps of a section: a block of code with a name behind its language is a file, `sh` are commands, one a line, and `text` is what
 * the command before it prints.
 */
export function readmeSteps(page: string, heading: string): Step[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`the page has no section ${heading}`);
  const steps: Step[] = [];
  for (const [, language, name, text = ''] of section.matchAll(BLOCK)) {
    if (name !== undefined) steps.push({ kind: 'file', name, text });
    else if (language === 'sh') steps.push(...commandsOf(text));
    else if (language === 'text') steps.push(shown(steps.pop(), text));
  }
  return steps;
}

function commandsOf(text: string): Step[] {
  return text
    .trim()
    .split('\n')
    .map((command) => ({ kind: 'command', command, output: null }));
}

function shown(step: Step | undefined, output: string): Step {
  if (step?.kind !== 'command') throw new Error(`nothing prints this text:\n${output}`);
  return { ...step, output };
}
