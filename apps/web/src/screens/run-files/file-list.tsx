import { getRouteApi, Link } from '@tanstack/react-router';
import {
  File,
  FileAudio,
  FileImage,
  FileSpreadsheet,
  FileText,
  FileVideo,
  Folder as FolderIcon,
  Grid3x3,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { countOf, formatCount } from '../../format/format-number.ts';
import { Bytes } from '../../ui/bytes.tsx';
import { SearchInput } from '../../ui/field.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { type Folder, findFiles, foldersOf, listFolder } from './list-folder.ts';
import { type PreviewKind, previewKind } from './preview-kind.ts';
import type { FilesSearch } from './route.ts';
import css from './run-files.module.css';
import { MOST_FILES, type RunFile } from './use-run-files.ts';

const route = getRouteApi('/$entity/$project/runs/$run/files');
const ROW_PX = 32;

type Entry = { readonly folder: Folder } | { readonly file: RunFile };

export interface FileListProps {
  readonly files: readonly RunFile[];
  /** Of the run, whether or not they are listed. */
  readonly total: number;
}

/** What stands in the open folder, or, while something is searched for, every file whose path holds it. */
export function FileList({ files, total }: FileListProps) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { q = '', folder = '' } = search;
  const found = q === '' ? listFolder(files, folder) : { folders: [], files: findFiles(files, q) };
  const entries: Entry[] = [
    ...found.folders.map((each) => ({ folder: each })),
    ...found.files.map((each) => ({ file: each })),
  ];
  const below = q === '' ? files.filter(({ path }) => path.startsWith(folder)) : found.files;
  return (
    <section className={css.list} aria-label="Files">
      <SearchInput
        label={total > MOST_FILES ? 'Search by the start of a path' : 'Search files'}
        value={q}
        onChange={(next) =>
          void navigate({
            search: (before: FilesSearch) => withPart(before, 'q', next),
            replace: true,
            resetScroll: false,
          })
        }
      />
      <div className={css.head}>
        {q === '' ? <Crumbs folder={folder} /> : <span>Found</span>}
        <span className={css.totals}>
          {countOf(below.length, 'file')}, <Bytes count={below.reduce((sum, { size }) => sum + size, 0)} />
        </span>
      </div>
      {total > files.length && q === '' && folder === '' && (
        <p className={css.note}>
          The first {formatCount(files.length)} of {countOf(total, 'file')} are listed.
        </p>
      )}
      {entries.length === 0 ? (
        <p className={css.note} role="status">
          {q === '' ? 'There is no such folder.' : 'No path holds this text.'}
        </p>
      ) : (
        <VirtualList
          label={q === '' ? `Files in ${folder || 'the run'}` : 'Files found'}
          className={css.entries}
          items={entries}
          rowHeight={ROW_PX}
          keyOf={(entry) => ('folder' in entry ? entry.folder.path : entry.file.path)}
        >
          {(entry) =>
            'folder' in entry ? <FolderRow folder={entry.folder} /> : <FileRow file={entry.file} isPath={q !== ''} />
          }
        </VirtualList>
      )}
    </section>
  );
}

function Crumbs({ folder }: { readonly folder: string }) {
  const params = route.useParams();
  const steps = [{ name: 'All files', path: '' }, ...foldersOf(folder)];
  return (
    <nav className={css.crumbs} aria-label="Folder">
      {steps.map(({ name, path }, i) => (
        <span key={path} className={css.crumb}>
          {i > 0 && <span aria-hidden="true">/</span>}
          {path === folder ? (
            <span aria-current="location">{name}</span>
          ) : (
            <Link
              to="/$entity/$project/runs/$run/files"
              params={params}
              search={(before: FilesSearch) => withPart(before, 'folder', path)}
              resetScroll={false}
            >
              {name}
            </Link>
          )}
        </span>
      ))}
    </nav>
  );
}

function FolderRow({ folder }: { readonly folder: Folder }) {
  const params = route.useParams();
  return (
    <Link
      className={css.row}
      to="/$entity/$project/runs/$run/files"
      params={params}
      search={(before: FilesSearch) => withPart(before, 'folder', folder.path)}
      resetScroll={false}
    >
      <FolderIcon aria-hidden />
      <span className={css.name} title={folder.path}>
        {folder.name}
      </span>
      <span className={css.size}>
        {countOf(folder.fileCount, 'file')}, <Bytes count={folder.size} />
      </span>
      <span className={css.time}>
        <RelativeTime at={folder.updatedAt} />
      </span>
    </Link>
  );
}

const ICONS: Record<PreviewKind, ReactNode> = {
  image: <FileImage aria-hidden />,
  audio: <FileAudio aria-hidden />,
  video: <FileVideo aria-hidden />,
  table: <FileSpreadsheet aria-hidden />,
  csv: <FileSpreadsheet aria-hidden />,
  tsv: <FileSpreadsheet aria-hidden />,
  tensor: <Grid3x3 aria-hidden />,
  hdf5: <Grid3x3 aria-hidden />,
  json: <FileText aria-hidden />,
  text: <FileText aria-hidden />,
  none: <File aria-hidden />,
};

function FileRow({ file, isPath }: { readonly file: RunFile; readonly isPath: boolean }) {
  const params = route.useParams();
  const { path: chosen } = route.useSearch();
  return (
    <Link
      className={css.row}
      to="/$entity/$project/runs/$run/files"
      params={params}
      search={({ dataset: _, ...before }: FilesSearch) => ({ ...before, path: file.path })}
      resetScroll={false}
      // The router would call every link to this page the current one.
      activeProps={{ 'aria-current': undefined }}
      aria-current={file.path === chosen ? 'true' : undefined}
      data-chosen={file.path === chosen || undefined}
    >
      {ICONS[previewKind(file.path, file.contentType)]}
      <span className={css.name} title={file.path}>
        {isPath ? file.path : file.path.slice(file.path.lastIndexOf('/') + 1)}
      </span>
      <span className={css.size}>
        <Bytes count={file.size} />
      </span>
      <span className={css.time}>
        <RelativeTime at={file.updatedAt} />
      </span>
    </Link>
  );
}

function withPart(search: FilesSearch, part: keyof FilesSearch, value: string): FilesSearch {
  const { [part]: _, ...rest } = search;
  return value === '' ? rest : { ...rest, [part]: value };
}
