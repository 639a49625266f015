/** A piece of a line that looks alike. */
export interface StyledText {
  readonly text: string;
  /** A number of the sixteen colours of a terminal, or a colour as CSS. */
  readonly colour: number | string | null;
  readonly ground: number | string | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
}

type Style = Omit<StyledText, 'text'>;

const PLAIN: Style = { colour: null, ground: null, bold: false, dim: false, italic: false, underline: false };

// Escape sequences: colours and cursors (CSI), titles and links (OSC), and the short ones.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what terminals take
const ESCAPE = /\x1b\[([0-9:;<=>?]*)[ -/]*([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[@-Z\\^_]?/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what has no shape on a screen; a tab has
const UNSEEN = /[\x00-\x08\x0b-\x1f\x7f]/g;

/** Longer lines are cut where they are shown: a browser cannot lay out more in one go. */
export const MOST_CHARACTERS = 20_000;

/**
 * A line of a console as a terminal would show it: pieces with their colours, every other escape sequence left out, and of
 * what was printed over itself, as progress bars are, the last.
 */
export function styleAnsi(line: string): StyledText[] {
  const pieces: StyledText[] = [];
  let style = PLAIN;
  let at = 0;
  const source = lastPrinted(line.slice(0, MOST_CHARACTERS));
  const add = (text: string) => {
    const seen = text.replaceAll(UNSEEN, '');
    if (seen !== '') pieces.push({ ...style, text: seen });
  };
  for (const match of source.matchAll(ESCAPE)) {
    add(source.slice(at, match.index));
    at = match.index + match[0].length;
    if (match[2] === 'm') style = restyle(style, match[1] ?? '');
  }
  add(source.slice(at));
  return pieces;
}

/** The text of a line that people see: without escape sequences. */
export function plainText(line: string): string {
  return styleAnsi(line)
    .map(({ text }) => text)
    .join('');
}

// A carriage return goes back to the start of the line; what follows covers what was there.
function lastPrinted(line: string): string {
  const parts = line.split('\r').filter((part) => part.replaceAll(ESCAPE, '') !== '');
  return parts.at(-1) ?? '';
}

function restyle(before: Style, codes: string): Style {
  let style = before;
  const numbers = codes.split(/[;:]/).map((code) => (code === '' ? 0 : Number(code)));
  for (let i = 0; i < numbers.length; i++) {
    const code = numbers[i] ?? 0;
    if (code === 38 || code === 48) {
      const { colour, used } = longColour(numbers.slice(i + 1));
      if (colour !== null) style = code === 38 ? { ...style, colour } : { ...style, ground: colour };
      i += used;
    } else style = applyCode(style, code);
  }
  return style;
}

function applyCode(style: Style, code: number): Style {
  if (code === 0) return PLAIN;
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 3) return { ...style, italic: true };
  if (code === 4) return { ...style, underline: true };
  if (code === 22) return { ...style, bold: false, dim: false };
  if (code === 23) return { ...style, italic: false };
  if (code === 24) return { ...style, underline: false };
  if (code === 39) return { ...style, colour: null };
  if (code === 49) return { ...style, ground: null };
  if (code >= 30 && code <= 37) return { ...style, colour: code - 30 };
  if (code >= 90 && code <= 97) return { ...style, colour: code - 90 + 8 };
  if (code >= 40 && code <= 47) return { ...style, ground: code - 40 };
  if (code >= 100 && code <= 107) return { ...style, ground: code - 100 + 8 };
  return style;
}

const STEPS = [0, 95, 135, 175, 215, 255] as const;

/** The colour after 38 or 48: `5;n` of 256, or `2;r;g;b`. */
function longColour(rest: readonly number[]): { colour: number | string | null; used: number } {
  const [kind, n = 0, green = 0, blue = 0] = rest;
  if (kind === 2) return { colour: rgb(n, green, blue), used: 4 };
  if (kind !== 5) return { colour: null, used: 0 };
  if (n < 16) return { colour: n, used: 2 };
  if (n >= 232) {
    const grey = 8 + (n - 232) * 10;
    return { colour: rgb(grey, grey, grey), used: 2 };
  }
  const cube = n - 16;
  const step = (by: number) => STEPS[Math.floor(cube / by) % 6] ?? 0;
  return { colour: rgb(step(36), step(6), step(1)), used: 2 };
}

function rgb(...parts: readonly number[]): string {
  return `rgb(${parts.map((part) => Math.min(255, Math.max(0, Math.trunc(part) || 0))).join(' ')})`;
}
