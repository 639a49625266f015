import { Command } from 'commander';
import { type Config, parseConfig, SETTINGS } from '../config.ts';
import { StartError } from '../start-error.ts';
import { migrate } from './migrate.ts';
import { serve } from './serve.ts';

/**
 * Runs the command line and returns the exit code. A failure that the operator can mend is one line on stderr and code 1;
 * a wrong argument is code 1 with commander's own message.
 */
export async function runProgram(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  let exitCode = 0;
  const program = createProgram(async (command) => {
    exitCode = await command(parseConfig(env));
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`summa: ${error.message}\n`);
    return 1;
  }
}

type CommandRunner = (command: (config: Config) => Promise<number>) => Promise<void>;

function createProgram(run: CommandRunner): Command {
  const program = new Command('summa')
    .description('A self-hosted home for training runs: their histories and summaries, through GraphQL.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .showHelpAfterError('(summa --help lists the commands)');
  program
    .command('serve', { isDefault: true })
    .description('start the server: Postgres when DATABASE_URL is not set, migrations, the first key, then the API')
    .addHelpText('after', settingsHelp(Object.keys(SETTINGS)))
    .action(() => run(serve));
  program
    .command('migrate')
    .description('bring the database up to this version and end; serve does it too')
    .addHelpText('after', settingsHelp(['databaseUrl', 'dataDir', 'logLevel']))
    .action(() => run(migrate));
  return program.addHelpText('after', settingsHelp(Object.keys(SETTINGS)));
}

const version = '0.1.0';

/** The environment variables of these settings, one a line, with what holds when they are not set. */
function settingsHelp(keys: readonly string[]): string {
  const settings = Object.entries(SETTINGS).filter(([key]) => keys.includes(key));
  const width = Math.max(...settings.map(([, { name }]) => name.length));
  const lines = settings.map(([, { name, description, fallback }]) => {
    const unset = fallback === undefined ? '' : ` [${fallback}]`;
    return `  ${name.padEnd(width)}  ${description}${unset}`;
  });
  return `\nEnvironment:\n${lines.join('\n')}\n`;
}
