import { type BatchLoader, batchLoader } from '../access/batch-loader.ts';
import type { Queryable } from '../history/history-store.ts';
import {
  countFiles,
  type FileHash,
  type FilePage,
  type FileRecord,
  type FileRef,
  type FileSelection,
  findFilePages,
  findFiles,
  findFilesByHash,
} from './file-store.ts';

/** Loads files by their paths. */
export function createFileLoader(client: Queryable): BatchLoader<FileRef, FileRecord | null> {
  return batchLoader({
    nameOf: nameOfFile,
    loadAll: async (refs) => new Map((await findFiles(client, refs)).map((file) => [nameOfFile(file), file])),
    otherwise: null,
  });
}

/** Loads the first file of a run with these bytes. */
export function createFileByHashLoader(client: Queryable): BatchLoader<FileHash, FileRecord | null> {
  return batchLoader({
    nameOf: nameOfHash,
    loadAll: async (hashes) => new Map((await findFilesByHash(client, hashes)).map((file) => [nameOfHash(file), file])),
    otherwise: null,
  });
}

/** Loads pages of the files of runs. */
export function createFilePageLoader(client: Queryable): BatchLoader<FilePage, readonly FileRecord[]> {
  return batchLoader({
    nameOf: nameOfPage,
    loadAll: async (pages) => zip(pages.map(nameOfPage), await findFilePages(client, pages)),
    otherwise: [],
  });
}

/** Loads how many files of runs there are. */
export function createFileCountLoader(client: Queryable): BatchLoader<FileSelection, number> {
  return batchLoader({
    nameOf: nameOfSelection,
    loadAll: async (selections) => zip(selections.map(nameOfSelection), await countFiles(client, selections)),
    otherwise: 0,
  });
}

function zip<Value>(names: readonly string[], values: readonly Value[]): Map<string, Value> {
  return new Map(values.map((value, i) => [names[i] ?? '', value]));
}

function nameOfFile({ projectId, runId, path }: FileRef): string {
  return `${projectId}/${runId}/${path}`;
}

function nameOfHash({ projectId, runId, sha256 }: FileHash): string {
  return `${projectId}/${runId}/${sha256}`;
}

function nameOfSelection({ run, prefix, contentType }: FileSelection): string {
  return JSON.stringify([run.projectId, run.runId, prefix, contentType]);
}

function nameOfPage(page: FilePage): string {
  return JSON.stringify([nameOfSelection(page), page.after, page.limit]);
}
