import { formatWireJson } from '@summa/core/json/format-json';
import type { JsonValue } from '@summa/core/json/json-value';
import { type Output, writeOut } from '../frame/command-io.ts';

/** Writes a JSON list, an item a line, while the items arrive; nothing at all when the first one fails. */
export async function writeJsonList(output: Output, items: AsyncIterable<JsonValue>): Promise<void> {
  let before = '[\n';
  for await (const item of items) {
    await writeOut(output, before + formatWireJson(item));
    before = ',\n';
  }
  await writeOut(output, before === '[\n' ? '[]\n' : '\n]\n');
}
