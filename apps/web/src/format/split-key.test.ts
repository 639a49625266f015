import { expect, it } from 'vitest';
import { splitKey } from './split-key.ts';

it.each([
  ['val/loss', 'val/', 'loss'],
  ['loss', '', 'loss'],
  ['val.per_class.3', 'val.per_class.', '3'],
  ['lr\\.warm', '', 'lr\\.warm'],
  ['train/layer\\.1', 'train/', 'layer\\.1'],
  ['ends/', '', 'ends/'],
])('cuts %s', (key, prefix, name) => expect(splitKey(key)).toEqual([prefix, name]));
