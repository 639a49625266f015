import type { JsonObject } from '@summa/core/json/json-value';
import { FileRef } from '../graphql/node-refs.ts';
import { fileOfDocument } from './file-of-document.ts';
import { valueType } from './value-type.ts';

/** The GraphQL type of an image, a table, a sound or any other value that is a file. */
export const MediaValue = valueType<JsonObject>(
  'MediaValue',
  'An image, a table, a sound or anything else that a summary shows and that lies in a file of the run.',
  (t) => ({
    type: t.string({
      description: 'What it is, as its `_type` says: "image-file", "table-file", "audio-file" and so on.',
      resolve: ({ value }) => String(value._type),
    }),
    file: t.field({
      type: FileRef,
      nullable: true,
      description: 'The file. It is null when the run has no such file, or another at its path.',
      extensions: { scope: 'READ' },
      resolve: ({ value, view }, _args, context) => fileOfDocument(context, view.ref, value),
    }),
    caption: t.string({
      nullable: true,
      description: 'What is written below it. It is null when nothing is.',
      resolve: ({ value }) => (typeof value.caption === 'string' ? value.caption : null),
    }),
    width: t.field({
      type: 'Count',
      nullable: true,
      description: 'How many pixels wide it is. It is null when it does not say.',
      resolve: ({ value }) => pixelsOf(value.width),
    }),
    height: t.field({
      type: 'Count',
      nullable: true,
      description: 'How many pixels high it is. It is null when it does not say.',
      resolve: ({ value }) => pixelsOf(value.height),
    }),
    object: t.field({ type: 'JSON', description: 'The value as it was logged.', resolve: ({ value }) => value }),
  }),
);

/** Whether an object speaks of a file of its run. */
export function isMediaDocument(object: JsonObject): boolean {
  return typeof object._type === 'string' && typeof object.path === 'string';
}

function pixelsOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
