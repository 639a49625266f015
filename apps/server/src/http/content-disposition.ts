/** What a browser may show without any chance that it runs something: no HTML, no SVG, no PDF. */
const INERT = new Set([
  ...['image/avif', 'image/bmp', 'image/gif', 'image/jpeg', 'image/png', 'image/webp'],
  ...['audio/flac', 'audio/mpeg', 'audio/ogg', 'audio/wav', 'audio/webm', 'video/mp4', 'video/ogg', 'video/webm'],
  'text/plain',
]);

/**
 * The `Content-Disposition` of a file: `inline` for the few types that are inert, else `attachment`; with its name for every
 * client, as RFC 6266 and RFC 5987 write it.
 */
export function contentDisposition(name: string, contentType: string): string {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  const disposition = INERT.has(type) ? 'inline' : 'attachment';
  const plain = name.replaceAll(/[^\x20-\x7e]/gu, '_').replaceAll(/["\\%]/g, '_');
  const extended = plain === name ? '' : `; filename*=UTF-8''${encodeExtended(name)}`;
  return `${disposition}; filename="${plain}"${extended}`;
}

/** As `encodeURIComponent`, and the rest of what RFC 5987 does not allow. */
function encodeExtended(name: string): string {
  return encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
