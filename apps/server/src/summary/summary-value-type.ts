import { brandWithType } from '@pothos/core';
import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';
import { shownValue } from '@summa/core/summary/derived-metric';
import { parseTensorDocument } from '@summa/core/tensor/tensor-value';
import { builder } from '../graphql/builder.ts';
import { MetricSummaryType } from '../metric/metric-summary-type.ts';
import type { MetricView } from '../metric/metric-view.ts';
import { HistogramValue, parseHistogramDocument } from './histogram-value-type.ts';
import { isMediaDocument, MediaValue } from './media-value-type.ts';
import { metricOf, type SummaryView } from './summary-view.ts';
import { TensorValue } from './tensor-value-type.ts';
import { type Shown, valueType } from './value-type.ts';

const NumberValue = valueType<number | bigint>('NumberValue', 'A number that a summary shows.', (t) => ({
  number: t.field({
    type: 'Double',
    description: 'The number, as the nearest float64.',
    resolve: ({ value }) => Number(value),
  }),
  exact: t.string({
    description: 'The number as text: all digits of a whole number, the shortest text of any other.',
    resolve: ({ value }) => String(value),
  }),
}));

const TextValue = valueType<string>('TextValue', 'A text that a summary shows.', (t) => ({
  text: t.string({ description: 'The text.', resolve: ({ value }) => value }),
}));

const BooleanValue = valueType<boolean>('BooleanValue', 'True or false, as a summary shows it.', (t) => ({
  boolean: t.boolean({ description: 'True or false.', resolve: ({ value }) => value }),
}));

const ListValue = valueType<readonly JsonValue[]>('ListValue', 'A list that a summary shows.', (t) => ({
  items: t.field({ type: 'JSON', description: 'The list.', resolve: ({ value }) => value }),
}));

const ObjectValue = valueType<JsonObject>(
  'ObjectValue',
  'An object that a summary shows and that is nothing more special, or keys below this one.',
  (t) => ({
    type: t.string({
      nullable: true,
      description: 'What the object is, as its `_type` says. It is null when it only holds the keys below this one.',
      resolve: ({ value }) => (typeof value._type === 'string' ? value._type : null),
    }),
    object: t.field({ type: 'JSON', description: 'The object.', resolve: ({ value }) => value }),
  }),
);

const StatisticsValue = builder
  .objectRef<{ readonly metric: MetricView; readonly document: JsonObject }>('StatisticsValue')
  .implement({
    description: 'Statistics of a metric that its definition asked for.',
    fields: (t) => ({
      metric: t.field({
        type: MetricSummaryType,
        description: 'The metric with all its statistics.',
        resolve: (shown) => shown.metric,
      }),
      document: t.field({
        type: 'JSON',
        description: 'The statistics that the summary shows, by name.',
        resolve: (shown) => shown.document,
      }),
    }),
  });

/** The GraphQL union of what a summary may show at a key. */
export const SummaryValueType = builder.unionType('SummaryValue', {
  description: 'What a summary shows at a key.',
  types: [
    NumberValue,
    TextValue,
    BooleanValue,
    ListValue,
    ObjectValue,
    StatisticsValue,
    TensorValue,
    HistogramValue,
    MediaValue,
  ],
});

/** What a summary shows at a key, as the union has it; null when nothing. */
export function summaryValue(view: SummaryView, key: string, value: JsonValue | undefined) {
  if (value === undefined || value === null) return null;
  const entry = view.data.explicit.get(key);
  const place = { view, key, explicit: entry && !entry.deleted ? entry : null };
  if (typeof value === 'number' || typeof value === 'bigint') return branded('NumberValue', { value, ...place });
  if (typeof value === 'string') return branded('TextValue', { value, ...place });
  if (typeof value === 'boolean') return branded('BooleanValue', { value, ...place });
  if (!isJsonObject(value)) return branded('ListValue', { value, ...place });
  return objectValue(value, place);
}

function objectValue(object: JsonObject, place: Omit<Shown<unknown>, 'value'>) {
  const metric = metricOf(place.view, place.key);
  const isStatistics =
    metric && !place.explicit && shownValue(metric.state, metric.definition, () => 0).kind === 'statistics';
  if (isStatistics) return branded('StatisticsValue', { metric, document: object });
  const tensor = parseTensorDocument(object);
  if (tensor) return branded('TensorValue', { value: { ...tensor, object }, ...place });
  const histogram = parseHistogramDocument(object);
  if (histogram) return branded('HistogramValue', { value: histogram, ...place });
  return branded(isMediaDocument(object) ? 'MediaValue' : 'ObjectValue', { value: object, ...place });
}

/** Pothos tells the members of a union apart by a mark on the value. */
function branded<Value extends object>(type: string, value: Value): Value {
  brandWithType(value, type as never);
  return value;
}
