/** A file as far as a list shows it. */
export interface ListedFile {
  readonly path: string;
  readonly size: number;
  readonly updatedAt: string;
}

/** A folder: what all files below it come to. */
export interface Folder {
  /** From the top, with a slash at the end. */
  readonly path: string;
  readonly name: string;
  readonly fileCount: number;
  readonly size: number;
  readonly updatedAt: string;
}

/** What stands in one folder: folders first, both by name. */
export interface FolderContent<File> {
  readonly folders: readonly Folder[];
  readonly files: readonly File[];
}

/** What stands right in a folder; `""` is the top. Numbers within names are ordered as numbers. */
export function listFolder<File extends ListedFile>(files: readonly File[], folder: string): FolderContent<File> {
  const here: File[] = [];
  const folders = new Map<string, Folder>();
  for (const file of files) {
    if (!file.path.startsWith(folder)) continue;
    const slash = file.path.indexOf('/', folder.length);
    if (slash === -1) {
      here.push(file);
      continue;
    }
    const path = file.path.slice(0, slash + 1);
    const known = folders.get(path);
    folders.set(path, {
      path,
      name: path.slice(folder.length, -1),
      fileCount: (known?.fileCount ?? 0) + 1,
      size: (known?.size ?? 0) + file.size,
      updatedAt: known && known.updatedAt > file.updatedAt ? known.updatedAt : file.updatedAt,
    });
  }
  return {
    folders: [...folders.values()].sort((a, b) => byName(a.name, b.name)),
    files: here.sort((a, b) => byName(a.path, b.path)),
  };
}

/** The files whose path holds a text, whatever the case, by path. */
export function findFiles<File extends ListedFile>(files: readonly File[], wanted: string): File[] {
  const text = wanted.toLowerCase();
  return files.filter(({ path }) => path.toLowerCase().includes(text)).sort((a, b) => byName(a.path, b.path));
}

/** The folders on the way to a path, from the top: `a/b/c.txt` lies in `a/` and `a/b/`. */
export function foldersOf(path: string): { readonly path: string; readonly name: string }[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((name, i) => ({ name, path: `${parts.slice(0, i + 1).join('/')}/` }));
}

const order = new Intl.Collator('en', { numeric: true });

function byName(a: string, b: string): number {
  return order.compare(a, b) || (a < b ? -1 : 1);
}
