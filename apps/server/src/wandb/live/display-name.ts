import { randomInt } from 'node:crypto';

const ADJECTIVES =
  'amber bold brisk calm clear crisp daring eager fair gentle golden happy keen light lively lucky mellow neat noble proud quick quiet rapid silver smooth steady sunny swift vivid warm wise young'.split(
    ' ',
  );
const NOUNS =
  'badger brook canyon cedar cloud comet coral crane dawn delta dune falcon fern field finch fjord forest fox glade grove harbor heron hill lake lark maple meadow moon otter pine reef river sparrow spring star stone sun tide valley wave willow wind'.split(
    ' ',
  );

/** A name for people, for a run that was given none: `happy-fox-42`. */
export function randomDisplayName(): string {
  return [pick(ADJECTIVES), pick(NOUNS), String(randomInt(1, 1_000))].join('-');
}

function pick(words: readonly string[]): string {
  return words[randomInt(words.length)] ?? '';
}
