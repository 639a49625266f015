import type { StyledText } from './ansi-text.ts';

/** A piece of a line, and whether it is part of what is searched for. */
export interface MarkedText extends StyledText {
  readonly marked: boolean;
}

/** Cuts the pieces of a line where the searched text begins and ends, whatever the case of A to Z, as the server finds it. */
export function markText(pieces: readonly StyledText[], wanted: string): MarkedText[] {
  const places = findPlaces(pieces.map(({ text }) => text).join(''), wanted);
  const marked: MarkedText[] = [];
  let at = 0;
  for (const piece of pieces) {
    const end = at + piece.text.length;
    const cuts = places.flat().filter((cut) => cut > at && cut < end);
    for (const [i, from] of [at, ...cuts].entries()) {
      const to = [...cuts, end][i] ?? end;
      const isIn = places.some(([start, stop]) => start <= from && to <= stop);
      marked.push({ ...piece, text: piece.text.slice(from - at, to - at), marked: isIn });
    }
    at = end;
  }
  return marked;
}

function findPlaces(text: string, wanted: string): (readonly [from: number, to: number])[] {
  if (wanted === '') return [];
  const [hay, needle] = [lower(text), lower(wanted)];
  const places: (readonly [number, number])[] = [];
  for (let at = hay.indexOf(needle); at !== -1; at = hay.indexOf(needle, at + needle.length)) {
    places.push([at, at + needle.length]);
  }
  return places;
}

// Lower case of other letters may have another length.
function lower(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}
