import { gzipSync } from 'node:zlib';
import { type OutputChunk, rolldown } from 'rolldown';

/** One script of a bundle. */
export interface Script {
  readonly name: string;
  readonly code: string;
}

/** A program as a page loads it. */
export interface Bundle {
  readonly scripts: readonly Script[];
  /** What is downloaded before the program runs; what it loads later, with `import()`, does not count. */
  readonly gzippedBytes: number;
  /** The modules that weigh most, with their bytes before they are minified: what to look at when a budget is exceeded. */
  readonly heaviest: string;
}

/** Bundles a program for browsers with the bundler of Vite; anything that the bundler warns of is an error. */
export async function bundle(program: string): Promise<Bundle> {
  const onwarn = ({ message }: { readonly message?: string }) => {
    throw new Error(`the bundler warns: ${message}`);
  };
  await using build = await rolldown({ input: program, platform: 'browser', onwarn });
  const { output } = await build.generate({ format: 'esm', minify: true, entryFileNames: 'program.js' });
  const chunks = output.filter((each) => each.type === 'chunk');
  const needed = neededBy(chunks, 'program.js');
  return {
    scripts: chunks.map(({ fileName, code }) => ({ name: fileName, code })),
    gzippedBytes: needed.reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0),
    heaviest: needed
      .flatMap(({ modules }) => Object.entries(modules))
      .sort(([, a], [, b]) => b.renderedLength - a.renderedLength)
      .slice(0, 25)
      .map(([path, { renderedLength }]) => `${renderedLength} ${path.replace(/.*@summa\/client\/dist\//, '')}`)
      .join('\n'),
  };
}

/** A script with all that it imports, and those import, before it runs. */
function neededBy(chunks: readonly OutputChunk[], name: string): OutputChunk[] {
  const names = new Set([name]);
  for (const each of names) {
    for (const imported of chunks.find(({ fileName }) => fileName === each)?.imports ?? []) names.add(imported);
  }
  return chunks.filter(({ fileName }) => names.has(fileName));
}
