import { describe, expect, it } from 'vitest';
import { UsageError } from '../command-error.ts';
import { parseOptions } from './parse-options.ts';

const options = {
  filter: { type: 'string', short: 'f', multiple: true, value: '<filter>', summary: '' },
  sort: { type: 'string', short: 's', value: '<names>', summary: '' },
  format: { type: 'string', value: '<format>', choices: ['csv', 'ndjson'], summary: '' },
  json: { type: 'boolean', short: 'j', summary: '' },
} as const;

describe('parseOptions', () => {
  it('reads long and short options, repeated ones as lists, and the rest as operands', () => {
    const argv = ['a/b', '-f', 'x<1', '--filter=y', '--sort', '-val/acc:max', '-j', '--', '--json'];
    expect(parseOptions(options, argv)).toEqual({
      options: { filter: ['x<1', 'y'], sort: '-val/acc:max', format: undefined, json: true },
      operands: ['a/b', '--json'],
    });
  });

  it('gives no list of its own away to the next call', () => {
    parseOptions(options, ['-f', 'x']);
    expect(parseOptions(options, []).options.filter).toEqual([]);
  });

  it.each([
    [['--filtre', 'x'], 'there is no option --filtre here; did you mean "--filter"?'],
    [['--wholly-other'], 'there is no option --wholly-other here'],
    [['-x'], 'there is no option -x here'],
    [['--constructor'], 'there is no option --constructor here'],
    [['--sort'], '--sort needs its value: --sort <names>'],
    [['--sort', '--json'], '--sort needs its value: --sort <names>'],
    [['--json=yes'], '--json takes no value, but was given "yes"'],
    [['--format', 'cvs'], '--format is "cvs", none of csv, ndjson; did you mean "csv"?'],
  ])('refuses %j', (argv, message) => {
    expect(() => parseOptions(options, argv)).toThrow(new UsageError(message));
  });

  it('takes a value that begins with two dashes behind an equals sign', () => {
    expect(parseOptions(options, ['--sort=--x']).options.sort).toBe('--x');
  });
});
