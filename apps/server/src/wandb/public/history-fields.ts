import { formatJson } from '@summa/core/json/format-json';
import type { JsonObject } from '@summa/core/json/json-value';
import { LIMITS } from '../../limits.ts';
import { checkCount } from '../../text-input.ts';
import { builder } from '../schema/builder.ts';
import { RunRef } from '../schema/refs.ts';
import { readEvents } from './read-events.ts';
import { readFullRows } from './read-full-rows.ts';
import { readSampledRows, readSampleSpec } from './read-sampled-rows.ts';

const DEFAULT_SAMPLES = 500;

const ParquetHistory = builder.objectRef<object>('ParquetHistory').implement({
  description: 'Files of rows, of which this server makes none: the client then asks for the rows themselves.',
  fields: (t) => ({
    parquetUrls: t.stringList({ nullable: false, resolve: () => [] }),
    liveData: t.field({ type: ['JSON'], nullable: false, resolve: (): JsonObject[] => [] }),
  }),
});

builder.objectFields(RunRef, (t) => ({
  history: t.stringList({
    nullable: false,
    description: 'Rows as JSON texts, from `minStep` on and before `maxStep`.',
    args: { minStep: t.arg({ type: 'Int64' }), maxStep: t.arg({ type: 'Int64' }), samples: t.arg.int() },
    extensions: { cost: 50, items: 1 },
    resolve: async (run, { minStep, maxStep, samples }, context) => {
      const range = { from: minStep ?? undefined, to: maxStep == null ? undefined : maxStep - 1 };
      const rows = await readFullRows(context, run, { range, samples: samples ?? DEFAULT_SAMPLES });
      return rows.map(formatJson);
    },
  }),
  events: t.stringList({
    nullable: false,
    description: 'What was measured of the machine, as the JSON texts that the client sent.',
    args: { samples: t.arg.int() },
    extensions: { cost: 50, items: 1 },
    resolve: (run, { samples }, context) => readEvents(context, run, samples ?? DEFAULT_SAMPLES),
  }),
  sampledHistory: t.field({
    type: ['JSON'],
    nullable: false,
    description: 'For each spec the rows that have all its keys.',
    args: { specs: t.arg({ type: ['JSONString'], required: true }) },
    extensions: { cost: 50, items: 1 },
    resolve: (run, { specs }, context) => {
      checkCount(specs, LIMITS.keys, ['specs']);
      return Promise.all(specs.map((spec) => readSampledRows(context, run, readSampleSpec(spec))));
    },
  }),
  parquetHistory: t.field({
    type: ParquetHistory,
    nullable: false,
    args: { liveKeys: t.arg.stringList({ required: true }) },
    resolve: () => ({}),
  }),
}));
