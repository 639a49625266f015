import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Consumer } from './consumer.ts';

/** What a page downloads before a program runs. */
export interface BundleSize {
  readonly gzippedBytes: number;
  /** The modules that weigh most, with their minified bytes: what to look at when a budget is exceeded. */
  readonly heaviest: string;
}

/** Bundles a program for the browser; what it loads later, with `import()`, does not count. */
export async function bundleSize({ folder }: Consumer, program: string): Promise<BundleSize> {
  const { metafile, outputFiles } = await build({
    stdin: { contents: program, resolveDir: folder, sourcefile: 'program.js' },
    outdir: `${folder}/out`,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'error',
    metafile: true,
    absWorkingDir: folder,
  });
  const needed = new Set(['out/stdin.js']);
  for (const chunk of needed) {
    const { imports = [] } = metafile.outputs[chunk] ?? {};
    for (const { kind, path } of imports) if (kind === 'import-statement') needed.add(path);
  }
  const names = new Set([...needed].map((chunk) => basename(chunk)));
  const loaded = outputFiles.filter(({ path }) => names.has(basename(path)));
  const modules = [...needed].flatMap((chunk) => Object.entries(metafile.outputs[chunk]?.inputs ?? {}));
  return {
    gzippedBytes: loaded.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0),
    heaviest: modules
      .sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)
      .slice(0, 25)
      .map(([path, { bytesInOutput }]) => `${bytesInOutput} ${path.replace(/.*@summa\/client\/dist\//, '')}`)
      .join('\n'),
  };
}
