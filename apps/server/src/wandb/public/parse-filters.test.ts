import { parseFilter } from '@summa/core/query/parse-filter';
import { describe, expect, it } from 'vitest';
import { parseFilters } from './parse-filters.ts';

const PLACE = { entity: 'lab', project: 'vision' };
const loss = { key: 'loss', statistic: 'VALUE' };

describe('the filters of api.runs', () => {
  it.each<[query: unknown, meaning: unknown]>([
    [{}, { and: [] }],
    [{ state: 'finished' }, { field: { name: 'STATE', eq: 'FINISHED' } }],
    [{ state: { $in: ['finished', 'crashed'] } }, { field: { name: 'STATE', in: ['FINISHED', 'CRASHED'] } }],
    [{ displayName: 'a' }, { field: { name: 'DISPLAY_NAME', eq: 'a' } }],
    [{ display_name: { $eq: 'a' } }, { field: { name: 'DISPLAY_NAME', eq: 'a' } }],
    [{ job_type: 'train' }, { field: { name: 'JOB_TYPE', eq: 'train' } }],
    [{ jobType: null }, { not: { field: { name: 'JOB_TYPE', exists: true } } }],
    [{ created_at: { $gte: '2026-03-01' } }, { field: { name: 'CREATED_AT', ge: '2026-03-01' } }],
    [{ createdAt: { $lt: '2026-03-01T12:00:00' } }, { field: { name: 'CREATED_AT', lt: '2026-03-01T12:00:00Z' } }],
    [{ createdAt: { $lt: '2026-03-01 12:00:00.5' } }, { field: { name: 'CREATED_AT', lt: '2026-03-01T12:00:00.5Z' } }],
    [{ heartbeatAt: { $lt: 1772366400 } }, { field: { name: 'HEARTBEAT_AT', lt: 1772366400 } }],
    [{ 'config.lr': 0.1 }, { config: { key: 'lr', eq: 0.1 } }],
    [
      { 'config.lr.value': { $gt: 0.1, $lte: 1 } },
      {
        and: [
          {
            or: [
              { config: { key: 'lr', gt: 0.1 } },
              { config: { key: 'lr.value', gt: 0.1 } },
              { config: { key: 'lr\\.value', gt: 0.1 } },
            ],
          },
          {
            or: [
              { config: { key: 'lr', le: 1 } },
              { config: { key: 'lr.value', le: 1 } },
              { config: { key: 'lr\\.value', le: 1 } },
            ],
          },
        ],
      },
    ],
    [{ 'summary_metrics.loss': { $lt: 1 } }, { summary: { ...loss, lt: 1 } }],
    [{ 'summary.loss': { $ne: 1 } }, { not: { summary: { ...loss, eq: 1 } } }],
    [
      { 'summary.acc.max': { $gt: 0.5 } },
      {
        or: [
          { summary: { key: 'acc.max', statistic: 'VALUE', gt: 0.5 } },
          { summary: { key: 'acc\\.max', statistic: 'VALUE', gt: 0.5 } },
          { summary: { key: 'acc', statistic: 'MAX', gt: 0.5 } },
        ],
      },
    ],
    [{ 'summary_metrics._step': { $gt: 9 } }, { field: { name: 'LAST_STEP', gt: 9 } }],
    [{ 'keys_info.keys.loss': { $exists: true } }, { summary: { key: 'loss', statistic: 'COUNT', exists: true } }],
    [{ tags: 'a' }, { field: { name: 'TAGS', contains: 'a' } }],
    [
      { tags: { $in: ['a', 'b'] } },
      { or: [{ field: { name: 'TAGS', contains: 'a' } }, { field: { name: 'TAGS', contains: 'b' } }] },
    ],
    [{ tags: { $nin: ['a'] } }, { not: { field: { name: 'TAGS', contains: 'a' } } }],
    [
      { tags: { $all: ['a', 'b'] } },
      { and: [{ field: { name: 'TAGS', contains: 'a' } }, { field: { name: 'TAGS', contains: 'b' } }] },
    ],
    [{ tags: null }, { not: { field: { name: 'TAGS', exists: true } } }],
    [
      { 'config.x': { $in: [1, 'a', null, true] } },
      {
        or: [
          { config: { key: 'x', in: [1] } },
          { config: { key: 'x', in: ['a'] } },
          { config: { key: 'x', in: [true] } },
          { not: { config: { key: 'x', exists: true } } },
        ],
      },
    ],
    [{ 'config.x': { $in: [] } }, { or: [] }],
    [{ 'config.x': { $nin: [1] } }, { not: { config: { key: 'x', in: [1] } } }],
    [{ 'config.x': { $exists: false } }, { not: { config: { key: 'x', exists: true } } }],
    [{ 'config.x': { $not: { $gt: 1 } } }, { not: { config: { key: 'x', gt: 1 } } }],
    [{ $not: { 'config.x': 1 } }, { not: { config: { key: 'x', eq: 1 } } }],
    [
      { $or: [{ state: 'failed' }, { $and: [{ group: 'g' }, { name: 'n' }] }] },
      {
        or: [
          { field: { name: 'STATE', eq: 'FAILED' } },
          { and: [{ field: { name: 'GROUP', eq: 'g' } }, { field: { name: 'NAME', eq: 'n' } }] },
        ],
      },
    ],
    [{ $nor: [{ username: 'ada' }] }, { not: { or: [{ field: { name: 'USER', eq: 'ada' } }] } }],
    [{ display_name: { $regex: '^exp.*' } }, { field: { name: 'DISPLAY_NAME', matches: '^exp.*' } }],
    [{ name: { $regex: 'a', $options: 'is' } }, { field: { name: 'NAME', matches: '(?is)a' } }],
    [{ state: { $regex: '^fin' } }, { field: { name: 'STATE', matches: '(?i)^fin' } }],
    [{ tags: { $regex: '^a' } }, { field: { name: 'TAGS', matches: '^a' } }],
    [{ 'config.opt': { $not: { $regex: 'adam|sgd' } } }, { not: { config: { key: 'opt', matches: 'adam|sgd' } } }],
    [{ duration: { $gt: 60 } }, { summary: { key: '_runtime', statistic: 'VALUE', gt: 60 } }],
    [{ 'summary_metrics._wandb.runtime': { $gt: 60 } }, { summary: { key: '_runtime', statistic: 'VALUE', gt: 60 } }],
    [{ 'tags.a': { $exists: true } }, { field: { name: 'TAGS', contains: 'a' } }],
    [{ 'tags.a.b': true }, { field: { name: 'TAGS', contains: 'a.b' } }],
    [{ 'tags.a': { $exists: false } }, { not: { field: { name: 'TAGS', contains: 'a' } } }],
    [{ entity: 'lab' }, { and: [] }],
    [{ entity: { $ne: 'lab' } }, { or: [] }],
    [{ entity: { $in: ['lab', 'other'] }, project: 'vision' }, { and: [{ and: [] }, { and: [] }] }],
    [{ entity: { $regex: '^l.b$' } }, { and: [] }],
    [{ notes: { $contains: 'x' } }, { field: { name: 'NOTES', contains: 'x' } }],
  ])('%j', (query, meaning) => {
    expect(parseFilters(JSON.stringify(query), PLACE)).toEqual(parseFilter(meaning));
  });

  it('takes no text, an empty one and null as every run', () => {
    for (const text of [null, undefined, '', 'null', '{}']) expect(parseFilters(text, PLACE)).toEqual({ and: [] });
  });

  it('reads infinities as the client writes them', () => {
    expect(parseFilters('{"summary.loss": {"$lt": Infinity}}', PLACE)).toMatchObject({
      operator: 'lt',
      operand: Infinity,
    });
  });

  it.each<[text: string, problem: string]>([
    ['[]', 'is not a filter'],
    ['{"$where": 1}', '$where is not supported'],
    ['{"state": {"$near": 1}}', '$near is not supported'],
    ['{"state": {}}', 'empty object'],
    ['{"$or": {}}', '$or needs a list'],
    ['{"tags": ["a"]}', 'use $in'],
    ['{"colour": "red"}', 'cannot be found or ordered by "colour"'],
    ['{"display_name": {"$regex": "a("}}', 'the pattern "a(" has a ( without its )'],
    ['{"display_name": {"$regex": "a", "$options": "m"}}', 'of the $options m only i and s'],
    ['{"entity": {"$near": 1}}', '$near is not supported'],
    ['{"config.x": {"$gt": null}}', 'null cannot be compared with'],
    ['{"config.x": NaN}', 'NaN'],
    ['{"state"', ''],
  ])('refuses %s', (text, problem) => {
    expect(() => parseFilters(text, PLACE)).toThrow(
      expect.objectContaining({
        code: expect.stringMatching(/^INVALID_(FILTER|JSON)$/),
        message: expect.stringContaining(problem),
      }),
    );
  });
});
