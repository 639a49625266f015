import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { formatModule } from '../codegen/format-module.ts';
import { readProjectModel } from '../codegen/read-project-model.ts';
import { shortDiff } from '../codegen/short-diff.ts';
import { nameOption } from '../codegen/type-text.ts';
import { ViewerDocument } from '../generated/graphql.ts';
import { isServerFault, isTransient } from '../transport/backoff.ts';
import type { Execute } from '../transport/execute.ts';
import { wait } from '../transport/wait.ts';
import { type CodegenArguments, codegenOptions, readCodegenArguments } from './codegen-arguments.ts';
import { CommandError } from './command-error.ts';
import { defineCommand } from './frame/command.ts';
import type { CommandIo, Output } from './frame/command-io.ts';
import { connect } from './server-options.ts';

/** Where code generation reports to, and what ends it. */
export interface CodegenSurroundings {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: CommandIo['env'];
  /** Ends a watch. */
  readonly signal: AbortSignal;
}

/** `summa codegen`: the types of what a project's runs have logged. */
export const codegenCommand = defineCommand({
  name: 'codegen',
  summary: "write TypeScript types of what a project's runs have logged",
  options: codegenOptions,
  description: `Writes a TypeScript module with the types of what a project's runs have really logged: config, metrics, summary and
definitions. With client.project<Name>("entity/name") a misspelt metric does not compile. The same project gives the same
text, byte for byte.`,
  notes: 'Exits with 0 when it is done or up to date, with 1 when the file is stale.',
  async run(args, { stdout, stderr, env, ...io }) {
    await generateCode(readCodegenArguments(args), { stdout, stderr, env, signal: io.interruptSignal() });
    return 0;
  },
});

/** Writes, checks or keeps up to date the types of a project; a stale file that is only checked throws `CommandError`. */
export async function generateCode(args: CodegenArguments, surroundings: CodegenSurroundings): Promise<void> {
  const { execute } = await connect(args, surroundings.env);
  const generate = () => generateText(execute, args, surroundings.signal);
  if (args.out === undefined) surroundings.stdout.write(await generate());
  else if (args.mode === 'check') await check(args.out, await generate(), args);
  else if (args.mode === 'watch') await watch(args.out, generate, { ...surroundings, intervalMs: args.intervalMs });
  else
    surroundings.stdout.write(`${args.out}: ${(await write(args.out, await generate())) ? 'written' : 'up to date'}\n`);
}

async function generateText(execute: Execute, { path, name }: CodegenArguments, signal: AbortSignal) {
  const entity = path.entity ?? (await execute(ViewerDocument, {}, { signal })).viewer.entity.name;
  return formatModule(await readProjectModel(execute, { entity, project: path.project }, { signal }), name);
}

async function check(file: string, text: string, { path, name }: CodegenArguments): Promise<void> {
  const found = await readIfThere(file);
  if (found === text) return;
  const what = found === null ? 'does not exist' : `is not what the project has now:\n${shortDiff(found, text)}`;
  const project = path.entity === undefined ? path.project : `${path.entity}/${path.project}`;
  const command = `summa codegen --project ${project}${nameOption(project, name)} --out ${file}`;
  throw new CommandError(`${file} ${what}\nTo write it: ${command}`);
}

/** Whether there was anything to write: a file that holds the text already keeps its time. */
async function write(file: string, text: string): Promise<boolean> {
  if ((await readIfThere(file)) === text) return false;
  // Whoever reads it meanwhile, a compiler that watches, finds the old text or the new one.
  const beside = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(beside, text);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw new CommandError(`${file} cannot be written: ${reasonOf(error, file)}`);
  }
  return true;
}

/** Why a file could not be written, without the name of the one beside it that was to become it. */
function reasonOf(error: unknown, file: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? `there is no folder ${dirname(file)}` : message;
}

async function watch(
  file: string,
  generate: () => Promise<string>,
  { stdout, stderr, signal, intervalMs }: CodegenSurroundings & { readonly intervalMs: number },
): Promise<void> {
  while (!signal.aborted) {
    try {
      if (await write(file, await generate())) stdout.write(`${file}: written\n`);
    } catch (error) {
      if (signal.aborted) return;
      if (!isTransient(error) && !isServerFault(error)) throw error;
      stderr.write(`summa: ${error.message} (${error.code}) Looking again.\n`);
    }
    await wait(intervalMs, signal);
  }
}

async function readIfThere(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new CommandError(`${file} cannot be read: ${error.message}`);
  });
}
