/** How a file can be shown. */
export type PreviewKind =
  | 'image'
  | 'audio'
  | 'video'
  | 'table'
  | 'json'
  | 'csv'
  | 'tsv'
  | 'tensor'
  | 'hdf5'
  | 'text'
  | 'none';

const BY_ENDING: Readonly<Record<string, PreviewKind>> = {
  npy: 'tensor',
  csv: 'csv',
  tsv: 'tsv',
  json: 'json',
  ...entries('hdf5', 'h5 hdf5'),
  ...entries('image', 'png jpg jpeg gif webp avif bmp svg'),
  ...entries('audio', 'wav mp3 ogg flac m4a'),
  ...entries('video', 'mp4 webm ogv mov'),
  ...entries(
    'text',
    'txt log md rst py ipynb js ts tsx sh yaml yml toml ini cfg conf xml html css sql jsonl ndjson patch diff lock c h cpp cu go rs java r tex env',
  ),
};

/** Tells by its name, and where that says nothing by its type, how a file can be shown. */
export function previewKind(path: string, contentType: string): PreviewKind {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (name.endsWith('.table.json')) return 'table';
  const ending = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : '';
  const known = BY_ENDING[ending];
  if (known !== undefined && Object.hasOwn(BY_ENDING, ending)) return known;
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/json') return 'json';
  if (type === 'text/csv') return 'csv';
  if (type === 'text/tab-separated-values') return 'tsv';
  const [kind] = type.split('/');
  if (kind === 'image' || kind === 'audio' || kind === 'video' || kind === 'text') return kind;
  return /^(readme|license|makefile|dockerfile|requirements|changelog)$/.test(name) ? 'text' : 'none';
}

function entries(kind: PreviewKind, endings: string): Record<string, PreviewKind> {
  return Object.fromEntries(endings.split(' ').map((ending) => [ending, kind]));
}
