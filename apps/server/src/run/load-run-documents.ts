import { isJsonObject, type JsonObject } from '@summa/core/json/json-value';
import { parseJson } from '@summa/core/json/parse-json';
import { LIMITS } from '../limits.ts';
import { ServerError } from '../server-error.ts';
import type { RunRef, Services } from '../services.ts';
import { findRunDocuments, type RunDocument } from './run-store.ts';

/**
 * The config or the metadata of each of these runs, by run id, in one statement that reads no more than `maxBytes`.
 *
 * @throws ServerError RESPONSE_TOO_LARGE when they are larger together than one operation may read.
 */
export async function loadRunDocuments(
  services: Services,
  document: RunDocument,
  refs: readonly RunRef[],
  maxBytes: number = LIMITS.documentBytesInAll,
): Promise<Map<string, JsonObject>> {
  const texts = await findRunDocuments(services.database.pool, document, { refs, maxBytes });
  const documents = new Map<string, JsonObject>();
  for (const [runId, text] of texts) {
    if (text === null) {
      const message = `the ${document} of these ${refs.length} runs is larger than ${maxBytes} bytes together; ask for a smaller page`;
      throw new ServerError('RESPONSE_TOO_LARGE', message);
    }
    documents.set(runId, documentOf(text));
  }
  return documents;
}

/** The object that a stored document holds. */
export function documentOf(text: string): JsonObject {
  const value = parseJson(text);
  return isJsonObject(value) ? value : {};
}
