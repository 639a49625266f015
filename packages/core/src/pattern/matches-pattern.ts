import { hasCode, WORD } from './char-set.ts';
import type { CharSet, Pattern, Place } from './pattern.ts';

type Instruction =
  | { readonly op: 'set'; readonly set: CharSet }
  | { readonly op: 'place'; readonly place: Place }
  /** Goes on at each of some instructions. */
  | { readonly op: 'jump'; readonly to: number[] }
  | { readonly op: 'match' };

/**
 * Whether a pattern matches somewhere in a text, which is taken code point by code point.
 *
 * All ways to match are followed at once (Thompson 1968), so that the time is at most the pattern's size times the text's.
 */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  const program = programOf(pattern);
  const codes = Array.from(text, (sign) => sign.codePointAt(0) ?? 0);
  let threads: number[] = [];
  for (let at = 0; at <= codes.length; at++) {
    // A match may begin anywhere.
    const here = follow(program, [...threads, 0], (place) => isAt(place, codes, at));
    if (here === 'match') return true;
    const code = codes[at];
    if (code === undefined) return false;
    threads = here.filter((pc) => isTaken(program[pc], code)).map((pc) => pc + 1);
  }
  return false;
}

function isTaken(instruction: Instruction | undefined, code: number): boolean {
  return instruction?.op === 'set' && hasCode(instruction.set, code);
}

/** The instructions that wait for a character, from some on; 'match' when one of these needs none. */
function follow(
  program: readonly Instruction[],
  from: readonly number[],
  holds: (place: Place) => boolean,
): number[] | 'match' {
  const seen = new Set<number>();
  const waiting: number[] = [];
  const open = [...from];
  for (let pc = open.pop(); pc !== undefined; pc = open.pop()) {
    if (seen.has(pc)) continue;
    seen.add(pc);
    const instruction = program[pc];
    if (instruction?.op === 'match') return 'match';
    if (instruction?.op === 'set') waiting.push(pc);
    else if (instruction?.op === 'jump') open.push(...instruction.to);
    else if (instruction && holds(instruction.place)) open.push(pc + 1);
  }
  return waiting;
}

function isAt(place: Place, codes: readonly number[], at: number): boolean {
  if (place === 'start') return at === 0;
  if (place === 'end') return at === codes.length;
  const isEdge = isWord(codes[at - 1]) !== isWord(codes[at]);
  return isEdge === (place === 'wordEdge');
}

function isWord(code: number | undefined): boolean {
  return code !== undefined && hasCode(WORD, code);
}

const programs = new WeakMap<Pattern, readonly Instruction[]>();

function programOf(pattern: Pattern): readonly Instruction[] {
  const known = programs.get(pattern);
  if (known) return known;
  const program: Instruction[] = [];
  write(pattern, program);
  program.push({ op: 'match' });
  programs.set(pattern, program);
  return program;
}

/** Writes the instructions of a pattern; the one after them is where it goes on. */
function write(pattern: Pattern, program: Instruction[]): void {
  switch (pattern.kind) {
    case 'set':
      program.push({ op: 'set', set: pattern.set });
      break;
    case 'place':
      program.push({ op: 'place', place: pattern.place });
      break;
    case 'sequence':
      for (const part of pattern.parts) write(part, program);
      break;
    case 'choice':
      writeChoice(pattern.parts, program);
      break;
    case 'repeat':
      writeRepeat(pattern, program);
  }
}

function writeChoice(parts: readonly Pattern[], program: Instruction[]): void {
  const starts: number[] = [];
  const end: number[] = [];
  program.push({ op: 'jump', to: starts });
  for (const part of parts) {
    starts.push(program.length);
    write(part, program);
    program.push({ op: 'jump', to: end });
  }
  end.push(program.length);
}

function writeRepeat({ part, min, max }: Pattern & { kind: 'repeat' }, program: Instruction[]): void {
  for (let i = 0; i < min; i++) write(part, program);
  if (max === null) {
    const start = program.length;
    const to = [start + 1];
    program.push({ op: 'jump', to });
    write(part, program);
    program.push({ op: 'jump', to: [start] });
    to.push(program.length);
    return;
  }
  // Each time beyond the least may be left out.
  const skips: number[][] = [];
  for (let i = min; i < max; i++) {
    const to = [program.length + 1];
    skips.push(to);
    program.push({ op: 'jump', to });
    write(part, program);
  }
  for (const to of skips) to.push(program.length);
}
