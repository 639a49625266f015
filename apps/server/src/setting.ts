/** One environment variable: its name, what it means to a person, what it is when it is not set, and how its text is read. */
export interface Setting<T> {
  readonly name: string;
  readonly description: string;
  /** As text, for the help; undefined when there is no fixed default. */
  readonly fallback: string | undefined;
  /** Returns the value, or throws an Error whose message completes the sentence "NAME must be …". */
  readonly parse: (text: string) => T;
}

/** Reads the text as one of the words given. */
export function oneOf<const Word extends string>(...words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const word = words.find((each) => each === text);
    if (word === undefined) throw new Error(`one of ${words.join(', ')}`);
    return word;
  };
}

/** Reads the text as a whole number within these bounds, both included. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new Error(`a whole number from ${least} to ${most}`);
    return value;
  };
}

/** Takes the text as it is when it matches; `what` completes the sentence "must be …". */
export function textLike(pattern: RegExp, what: string): (text: string) => string {
  return (text) => {
    if (!pattern.test(text)) throw new Error(what);
    return text;
  };
}

/** Reads the text as a URL of one of these protocols and returns it as it was written. */
export function urlOf(...protocols: readonly string[]): (text: string) => string {
  return (text) => {
    const protocol = URL.canParse(text) ? new URL(text).protocol.slice(0, -1) : undefined;
    if (protocol === undefined || !protocols.includes(protocol))
      throw new Error(`a URL that begins with ${protocols.map((each) => `${each}://`).join(' or ')}`);
    return text;
  };
}
