import { matchesPattern } from '@summa/core/pattern/matches-pattern';
import { parsePattern } from '@summa/core/pattern/parse-pattern';
import { anyPatternText, anyText } from '@summa/core/pattern/testing/any-pattern';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestServices, type TestServices } from '../testing/test-services.ts';
import { patternSql } from './pattern-sql.ts';

let test: TestServices;
beforeAll(async () => {
  test = await openTestServices();
});
afterAll(() => test.close());

const parse = (text: string) => parsePattern(text.replaceAll('\\u{', '\\x{'), (problem) => new Error(problem));
const anyFlags = fc.constantFrom('', '(?i)', '(?s)');

async function matchesSql(pattern: string, texts: readonly string[]): Promise<boolean[]> {
  const { rows } = await test.services.database.pool.query<{ found: boolean }>(
    'SELECT text ~ $1 AS found FROM unnest($2::text[]) WITH ORDINALITY AS given (text, place) ORDER BY place',
    [patternSql(parse(pattern)), texts],
  );
  return rows.map(({ found }) => found);
}

it('finds in Postgres what core finds', async () => {
  const texts = fc.array(anyText, { minLength: 1, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(anyFlags, anyPatternText, texts, async (flags, body, given) => {
      const pattern = parse(flags + body);
      expect(await matchesSql(flags + body, given)).toEqual(given.map((text) => matchesPattern(pattern, text)));
    }),
    { numRuns: 1500 },
  );
});

it('spells out what Postgres would take for a sign of its own', async () => {
  for (const sign of [
    '***=a',
    '(?:a)',
    '^$',
    '[a]',
    '\\',
    '{2}',
    '[:alpha:]',
    '***:',
    '-',
    ']',
    '[=a=]',
    '\u{e000}',
    '😀',
  ]) {
    const pattern = [...sign].map((char) => (/[0-9A-Za-z]/.test(char) ? char : `\\${char}`)).join('');
    expect(await matchesSql(`^${pattern}$`, [sign, `${sign}x`])).toEqual([true, false]);
  }
});

it('is answered for the largest pattern that is allowed, and for one that nearly matches in many ways', async () => {
  const long = 'a'.repeat(20_000);
  expect(await matchesSql('^(?:[ab]{249}c?){3}$', [long])).toEqual([false]);
  expect(await matchesSql('(a|a)*(a*)*b', [long])).toEqual([false]);
  expect(await matchesSql('(?i)(?:\\b.{0,200}){4}z', [long])).toEqual([false]);
});
