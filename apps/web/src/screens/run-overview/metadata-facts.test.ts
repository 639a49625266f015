import { describe, expect, it } from 'vitest';
import { metadataFacts, webAddress } from './metadata-facts.ts';

describe('metadataFacts', () => {
  it('reads what W&B sends', () => {
    const metadata = {
      program: 'train.py',
      args: ['--lr', '0.1', '--note', "it's on"],
      host: 'node-7',
      git: { remote: 'git@git.example.org:a/b.git', commit: 'abc' },
      gpu: 'A100',
      gpu_count: 2,
      cpu_count: 1,
    };
    expect(metadataFacts(metadata)).toEqual({
      command: "train.py --lr 0.1 --note 'it'\\''s on'",
      host: 'node-7',
      git: { commit: 'abc', remote: 'https://git.example.org/a/b' },
      hardware: '2 × A100, 1 CPU core',
    });
  });

  it('says nothing where nothing, or something else, is said', () => {
    expect(metadataFacts({ host: 7, git: 'no', args: ['x'] })).toEqual({});
  });
});

describe('webAddress', () => {
  it.each([
    ['https://git.example.org/a/b.git', 'https://git.example.org/a/b'],
    ['ssh://git@git.example.org/a/b', 'https://git.example.org/a/b'],
    ['https://user:secret@git.example.org/a/b', null],
    ['javascript:alert(1)', null],
    [null, null],
  ])('of %s is %s', (remote, address) => expect(webAddress(remote)).toBe(address));
});
