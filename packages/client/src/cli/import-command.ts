import { readFile, stat } from 'node:fs/promises';
import { isJsonObject, type JsonObject } from '@summa/core/json/json-value';
import { parseJson } from '@summa/core/json/parse-json';
import { SummaError } from '@summa/core/summa-error';
import type { FileTransport } from '../file/upload-file.ts';
import { RunDocument } from '../generated/graphql.ts';
import { RunQuestions } from '../read/stored-run.ts';
import type { SummaClientError } from '../summa-client-error.ts';
import type { Execute } from '../transport/execute.ts';
import type { Endpoint } from '../transport/post-graphql.ts';
import { CommandError } from './command-error.ts';
import { defineCommand } from './frame/command.ts';
import type { CommandIo, Output } from './frame/command-io.ts';
import { baseName, type ImportArguments, importOptions, readImportArguments, runNameOf } from './import-arguments.ts';
import { importFile } from './import-file.ts';
import { count, ImportProgress } from './import-progress.ts';
import { importWriterOf } from './import-writer.ts';
import { parseImportLine } from './parse-import-row.ts';
import { readLines } from './read-lines.ts';
import { connect } from './server-options.ts';
import { settleProject } from './settle-project.ts';

/** Where an import reports to, and what interrupts it. */
export interface ImportSurroundings {
  /** For results. */
  readonly stdout: Output;
  /** For progress and problems. */
  readonly stderr: Output;
  readonly env: CommandIo['env'];
  readonly signal: AbortSignal;
}

/** `summa import`: training logs from files, one run a file. */
export const importCommand = defineCommand({
  name: 'import',
  summary: 'import training logs from files',
  operands: { usage: '<file.jsonl...>', min: 1, max: Number.POSITIVE_INFINITY, areFiles: true },
  options: importOptions,
  description: `Imports training logs: one JSON object a line, one run a file. "_step" is the row's step and "_timestamp" its time in
seconds since 1970; every other key is a logged value. NaN, Infinity and whole numbers beyond 2^53 are kept as they are.
Called again, it goes on where it stopped and sends nothing twice, also when lines were added since.`,
  async run(args, io) {
    const { stdout, stderr, env } = io;
    await importFiles(readImportArguments(args), { stdout, stderr, env, signal: io.interruptSignal() });
    return 0;
  },
});

/** Imports every file, one after the other; throws at the first that fails, and those before it stay imported. */
export async function importFiles(args: ImportArguments, surroundings: ImportSurroundings): Promise<void> {
  const files = await Promise.all(args.files.map((file) => prepareFile(args, file)));
  const { endpoint, execute } = await connect(args, surroundings.env);
  const project = await settleProject(execute, args.project);
  for (const file of files) await importOne({ args, surroundings, endpoint, execute, project }, file);
}

interface PreparedFile {
  readonly file: string;
  readonly name: string;
  readonly config: JsonObject | undefined;
}

interface Job {
  readonly args: ImportArguments;
  readonly surroundings: ImportSurroundings;
  readonly endpoint: Endpoint;
  readonly execute: Execute;
  readonly project: { readonly entity: string; readonly project: string };
}

/** Finds what is wrong with any file before the first is imported. */
async function prepareFile(args: ImportArguments, file: string): Promise<PreparedFile> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error)
    throw new CommandError(`${file}: ${found.code === 'ENOENT' ? 'no such file' : found.message}`);
  if (!found.isFile()) throw new CommandError(`${file}: not a file`);
  await checkFirstRow(file);
  const config = args.config && (await readConfig(args.config.replaceAll('*', baseName(file))));
  return { file, name: args.name ?? runNameOf(file), config: config || undefined };
}

/** Throws when the first line is no row: a file of another kind makes no run. */
async function checkFirstRow(file: string): Promise<void> {
  for await (const lines of readLines(file)) {
    const first = lines.find(({ text }) => text.trim() !== '');
    if (first === undefined) continue;
    parseImportLine(file, first);
    return;
  }
}

async function readConfig(file: string): Promise<JsonObject> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(`${file}: ${error.code === 'ENOENT' ? 'no such config file' : error.message}`);
  });
  try {
    const config = parseJson(text);
    if (isJsonObject(config)) return config;
  } catch (error) {
    if (!(error instanceof SummaError)) throw error;
    throw new CommandError(`${file}: ${error.message}`);
  }
  throw new CommandError(`${file}: a config is a JSON object`);
}

async function importOne({ args, surroundings, endpoint, execute, project }: Job, prepared: PreparedFile) {
  const { file, name, config } = prepared;
  const writer = await importWriterOf(file);
  const isNew = await checkRun({ ...endpoint, execute }, { ...project, name }, { writer, append: args.append });
  const progress = new ImportProgress(surroundings.stderr, name);
  const onRetry = (error: SummaClientError, waitMs: number) => {
    progress.clear();
    surroundings.stderr.write(`summa: ${error.message} Trying again in ${(waitMs / 1000).toFixed(1)} s.\n`);
  };
  try {
    const run = {
      ...project,
      ...attributesOf(args),
      name,
      writer,
      resume: 'ALLOW' as const,
      ...(config && { config }),
      ...(isNew && { metadata: { import: { file, writer } } }),
    };
    const onProgress = (counts: Parameters<typeof progress.update>[0]) => progress.update(counts);
    const imported = await importFile({
      endpoint,
      execute,
      file,
      run,
      signal: surroundings.signal,
      onProgress,
      onRetry,
    });
    progress.clear();
    surroundings.stdout.write(`${args.json ? describeJson(file, imported) : describe(file, imported)}\n`);
  } finally {
    progress.clear();
  }
}

/** Whether the run is new; throws when it holds rows that did not come from this file and nobody said to append. */
async function checkRun(
  transport: FileTransport,
  path: { readonly entity: string; readonly project: string; readonly name: string },
  { writer, append }: { readonly writer: string; readonly append: boolean },
): Promise<boolean> {
  const { run } = await transport.execute(RunDocument, path);
  if (run === null) return true;
  if (append || run.lastStep === null) return false;
  const { import: imported } = await new RunQuestions(transport, run).metadata();
  if (isJsonObject(imported) && imported.writer === writer) return false;
  throw new CommandError(
    `run ${run.path} holds rows from elsewhere; give another --name, or --append to add this file to it`,
  );
}

function attributesOf({ displayName, tags, notes, group, jobType }: ImportArguments) {
  return {
    ...(displayName !== undefined && { displayName }),
    ...(tags.length > 0 && { tags }),
    ...(notes !== undefined && { notes }),
    ...(group !== undefined && { group }),
    ...(jobType !== undefined && { jobType }),
  };
}

function describe(file: string, { run, sentRows, skippedRows }: Awaited<ReturnType<typeof importFile>>): string {
  const known = skippedRows > 0 ? `, ${count(skippedRows)} were there already` : '';
  return `${file}: ${count(sentRows)} rows into ${run.path}${known}  ${run.url}`;
}

function describeJson(file: string, { run, sentRows, skippedRows }: Awaited<ReturnType<typeof importFile>>): string {
  return JSON.stringify({ file, run: run.path, url: run.url, sentRows, skippedRows });
}
