import type { JsonValue } from '@summa/client';
import { parseJson } from '@summa/core/json/parse-json';
import { useQuery } from '@tanstack/react-query';
import { FileX } from 'lucide-react';
import { QueryPart } from '../../app/query-part.tsx';
import { formatBytes } from '../../format/format-bytes.ts';
import { EmptyState } from '../../ui/states.tsx';
import type { ShownFile } from './file-panel.tsx';
import { ImagePreview } from './image-preview.tsx';
import { JsonTree } from './json-tree.tsx';
import { parseSeparated, readStoredTable } from './parse-table.ts';
import { type PreviewKind, previewKind } from './preview-kind.ts';
import { type FileText, MOST_BYTES, readFileText } from './read-file.ts';
import css from './run-files.module.css';
import { TablePreview } from './table-preview.tsx';
import { DatasetPreview, TensorPreview } from './tensor-preview.tsx';

export interface FilePreviewProps {
  readonly file: ShownFile;
  readonly href: string;
}

/** What is in a file, in the form that its kind asks for. */
export function FilePreview({ file, href }: FilePreviewProps) {
  const kind = previewKind(file.path, file.contentType);
  // Another version of the file has another address, so that the browser does not show the old one.
  const versioned = `${href}?v=${file.sha256.slice(0, 16)}`;
  switch (kind) {
    case 'image':
      return <ImagePreview key={versioned} src={versioned} name={file.path} />;
    case 'audio':
      return (
        // biome-ignore lint/a11y/useMediaCaption: a run's own sound has no captions
        <audio className={css.audio} controls preload="metadata" src={versioned} aria-label={file.path} />
      );
    case 'video':
      return (
        // biome-ignore lint/a11y/useMediaCaption: a run's own film has no captions
        <video className={css.video} controls preload="metadata" src={versioned} aria-label={file.path} />
      );
    case 'tensor':
      return <TensorPreview fileId={file.id} sha256={file.sha256} dataset={null} />;
    case 'hdf5':
      return <DatasetPreview fileId={file.id} sha256={file.sha256} />;
    case 'none':
      return <NoPreview>Files of this kind are not shown. Download it to look at it.</NoPreview>;
    default:
      return <TextFile file={file} href={versioned} kind={kind} />;
  }
}

function NoPreview({ children }: { readonly children: string }) {
  return (
    <EmptyState icon={<FileX aria-hidden />} title="No preview">
      {children}
    </EmptyState>
  );
}

type TextKind = Extract<PreviewKind, 'table' | 'json' | 'csv' | 'tsv' | 'text'>;

function TextFile({ file, href, kind }: FilePreviewProps & { readonly kind: TextKind }) {
  const query = useQuery({
    queryKey: ['file-text', file.id, file.sha256],
    queryFn: ({ signal }) => readFileText(href, file.size, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return <QueryPart query={query}>{(content) => <TextContent content={content} kind={kind} />}</QueryPart>;
}

function TextContent({ content, kind }: { readonly content: FileText; readonly kind: TextKind }) {
  const { text, isCut, isBinary } = content;
  if (isBinary) return <NoPreview>The bytes of this file are no text. Download it to look at it.</NoPreview>;
  if (text === '') return <NoPreview>The file is empty.</NoPreview>;
  const note = isCut ? `The first ${formatBytes(MOST_BYTES)} are shown.` : null;
  if (kind === 'csv' || kind === 'tsv') {
    return <TablePreview table={parseSeparated(text, kind === 'csv' ? ',' : '\t', isCut)} />;
  }
  const value = kind === 'text' || isCut ? undefined : readJson(text);
  if (value !== undefined) {
    const table = kind === 'table' ? readStoredTable(value) : null;
    return table ? <TablePreview table={table} /> : <JsonTree value={value} />;
  }
  return (
    <>
      {note && <p className={css.note}>{note}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
      <pre className={css.textFile} tabIndex={0}>
        {text}
      </pre>
    </>
  );
}

function readJson(text: string): JsonValue | undefined {
  try {
    return parseJson(text) as JsonValue;
  } catch {
    // It is shown as the text that it is.
    return undefined;
  }
}
