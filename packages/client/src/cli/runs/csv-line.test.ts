import { expect, it } from 'vitest';
import { csvLine } from './csv-line.ts';

it('a line of CSV quotes what it must, and tells an empty text from no value', () => {
  const values = [1, -0.5, Number.NaN, null, '', 'a,b', 'say "x"', 'two\nlines', '=1+1', true, [1, 2], 2n ** 64n];
  expect(csvLine(values)).toBe(
    '1,-0.5,NaN,,"","a,b","say ""x""","two\nlines",=1+1,true,"[1,2]",18446744073709551616\r\n',
  );
});
