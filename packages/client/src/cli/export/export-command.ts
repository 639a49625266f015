import { Interrupted, UsageError } from '../command-error.ts';
import { defineCommand } from '../frame/command.ts';
import type { CommandIo } from '../frame/command-io.ts';
import { connect, type ServerConnection } from '../server-options.ts';
import { formatBytes } from '../terminal/format-bytes.ts';
import { ProgressLine } from '../terminal/progress-line.ts';
import { copyExport } from './copy-export.ts';
import { type ExportAsk, exportOptions, parseExportArguments } from './export-arguments.ts';
import { fileSink, outputSink } from './export-sink.ts';
import { openExport } from './open-export.ts';
import { toExportRequest } from './to-export-request.ts';

/** `summa export`: the runs of a project or the history of a run, streamed into a file or to stdout. */
export const exportCommand = defineCommand({
  name: 'export',
  summary: 'export the runs of a project, or the history of a run',
  operands: { usage: '<entity/project[/run]>', min: 1, max: 1 },
  options: exportOptions,
  description: `Exports a line for each run of a project, or a line for each step of one run, in flat memory however many there are. A file
has its name only once it is whole; what breaks off ends with exit code 1 and leaves none.`,
  notes: `Examples:
  summa export ada/digits --keys lr,val/acc --out runs.csv
  summa export ada/digits/sgd-small --format csv --keys train/loss,val/acc > history.csv
  summa export ada/digits/sgd-small --out history.arrow`,
  async run(args, io) {
    const ask = parseExportArguments(args);
    if (ask.format === 'arrow' && ask.out === undefined && io.stdout.isTTY === true) {
      throw new UsageError('arrow is not for a terminal: give --out, or pipe it into a program');
    }
    await exportTo(ask, await connect(args.options, io.env), io);
    return 0;
  },
});

async function exportTo(ask: ExportAsk, server: ServerConnection, io: CommandIo): Promise<void> {
  const signal = io.interruptSignal();
  const request = await toExportRequest(server.execute, ask);
  // The file first: when it cannot be written, nothing is asked for.
  const sink = ask.out === undefined ? outputSink(io.stdout) : await fileSink(ask.out);
  const stream = await openExport(server, request, signal).catch(async (error) => {
    await sink.discard();
    throw signal.aborted ? new Interrupted('the export', sink.afterDiscard) : error;
  });
  // A line that is drawn again and again would stand in the middle of what is printed.
  const progress = new ProgressLine(ask.out === undefined ? { write: () => true } : io.stderr);
  const onBytes = (bytes: number) => progress.update(() => formatBytes(bytes));
  const bytes = await copyExport(stream, sink, { signal, onBytes }).finally(() => progress.clear());
  if (ask.out !== undefined) io.stderr.write(`${ask.out}: ${formatBytes(bytes)}\n`);
}
