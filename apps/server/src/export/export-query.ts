import { parseJson } from '@summa/core/json/parse-json';
import { SummaError } from '@summa/core/summa-error';
import { LIMITS } from '../limits.ts';
import { ServerError } from '../server-error.ts';
import { checkCount } from '../text-input.ts';

/** The query of a URL, of which only named parameters may be given. */
export class ExportQuery {
  readonly #given: URLSearchParams;

  /** @throws ServerError INVALID_INPUT for a parameter that there is not */
  constructor(url: string, names: readonly string[]) {
    const mark = url.indexOf('?');
    this.#given = new URLSearchParams(mark === -1 ? '' : url.slice(mark));
    for (const name of this.#given.keys()) {
      if (names.includes(name)) continue;
      throw invalid(name, `there is no parameter ${JSON.stringify(name)}; there are ${names.join(', ')}`);
    }
  }

  /** The one value of a parameter. @throws ServerError INVALID_INPUT when it is given twice */
  text(name: string): string | undefined {
    const [value, second] = this.#given.getAll(name);
    if (second === undefined) return value;
    throw invalid(name, `${name} is given twice; give it once`);
  }

  /** Every value of a parameter that may be repeated, each once, or undefined when there is none. @throws ServerError LIST_TOO_LONG */
  list(name: 'keys' | 'config' | 'summary', most: number = LIMITS.keys): string[] | undefined {
    const values = [...new Set(this.#given.getAll(name))];
    checkCount(values, most, [name]);
    return values.length === 0 ? undefined : values;
  }

  /** One of some words; the first when it is not given. @throws ServerError INVALID_INPUT */
  oneOf<Word extends string>(name: string, words: readonly [Word, ...Word[]]): Word {
    const text = this.text(name);
    const word = text === undefined ? words[0] : words.find((known) => known === text);
    if (word !== undefined) return word;
    throw invalid(name, `${name} is ${JSON.stringify(text)}; give one of ${words.join(', ')}`);
  }

  /** A step. @throws ServerError INVALID_RANGE */
  step(name: 'from' | 'to'): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const step = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(step)) return step;
    throw new ServerError('INVALID_RANGE', `${name} is ${JSON.stringify(text)}; give a whole number from 0 to 2^53-1`, [
      name,
    ]);
  }

  /** A JSON object. @throws ServerError INVALID_FILTER when it is none */
  filter(): object | undefined {
    const text = this.text('filter');
    if (text === undefined) return undefined;
    const value = readJson(text);
    if (typeof value === 'object' && value !== null) return value;
    throw new ServerError('INVALID_FILTER', 'filter is not a JSON object; give a RunFilter as JSON, percent-encoded', [
      'filter',
    ]);
  }
}

function readJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof SummaError) return undefined;
    throw error;
  }
}

function invalid(name: string, message: string): ServerError {
  return new ServerError('INVALID_INPUT', message, [name]);
}
