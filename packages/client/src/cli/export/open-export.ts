import { exchangeFile } from '../../file/exchange-file.ts';
import { serverAddress } from '../../transport/server-address.ts';
import type { ServerConnection } from '../server-options.ts';
import { type ExportRequest, exportUrl } from './export-url.ts';

/**
 * Opens the stream of an export. Rejects with `SummaClientError` when the server refuses; the stream fails when the
 * connection ends before the export does.
 */
export async function openExport(
  { endpoint }: ServerConnection,
  request: ExportRequest,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const url = exportUrl(serverAddress(endpoint), request);
  const response = await exchangeFile(endpoint.fetch, url, { method: 'GET', headers: endpoint.headers, signal });
  return response.body ?? new Blob([]).stream();
}
