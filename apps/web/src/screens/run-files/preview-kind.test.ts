import { expect, it } from 'vitest';
import { previewKind } from './preview-kind.ts';

it.each([
  ['media/table/eval_3.table.json', 'application/json', 'table'],
  ['wandb-summary.json', 'application/json', 'json'],
  ['config.yaml', 'application/octet-stream', 'text'],
  ['media/images/a.PNG', 'image/png', 'image'],
  ['weights.npy', 'application/octet-stream', 'tensor'],
  ['wandb.h5', 'application/x-hdf5', 'hdf5'],
  ['clip', 'video/mp4', 'video'],
  ['data.csv', 'text/csv', 'csv'],
  ['notes', 'text/plain; charset=utf-8', 'text'],
  ['Makefile', 'application/octet-stream', 'text'],
  ['model.pt', 'application/octet-stream', 'none'],
  ['a.constructor', 'application/octet-stream', 'none'],
])('%s (%s) is shown as %s', (path, type, kind) => {
  expect(previewKind(path, type)).toBe(kind);
});
