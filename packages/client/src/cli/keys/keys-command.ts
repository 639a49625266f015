import { UsageError } from '../command-error.ts';
import { type CommandArguments, defineCommand } from '../frame/command.ts';
import { serverOptions } from '../server-options.ts';
import { createKey } from './create-key.ts';
import { keysOptions } from './keys-options.ts';
import { listKeys } from './list-keys.ts';
import { revokeKey } from './revoke-key.ts';

const ACTIONS = { list: listKeys, create: createKey, revoke: revokeKey } as const;

/** Which options each action takes, beside those of every command. */
const ACTION_OPTIONS = {
  list: ['all', 'json'],
  create: ['scope', 'expires', 'user', 'json'],
  revoke: ['json'],
} as const;

/** `summa keys`: lists, makes and revokes API keys. */
export const keysCommand = defineCommand({
  name: 'keys',
  summary: 'list, make and revoke API keys',
  operands: { usage: '[list | create <name> | revoke <id or name>]', min: 0, max: 2, words: Object.keys(ACTIONS) },
  options: keysOptions,
  description: `Lists your API keys, makes one, or revokes one. A new key is printed once, alone on stdout: nobody can read it again. A
revoked key stops working within seconds. All of it needs a key with the scope admin.`,
  notes: `Scopes: ingest to log and see runs (a training job), read to look at everything and change nothing, admin for
everything, keys and members included.

Examples:
  summa keys create "training on gpu-7" --scope ingest --expires 90d > key
  summa keys revoke "training on gpu-7"`,
  async run(args, io) {
    const [word = 'list', subject] = args.operands;
    const action = word as keyof typeof ACTIONS; // one of `words`, as was checked
    checkOptions(action, args.options);
    await ACTIONS[action]({ options: args.options, subject }, io);
    return 0;
  },
});

function checkOptions(action: keyof typeof ACTIONS, options: CommandArguments<typeof keysOptions>['options']): void {
  const known: readonly string[] = [...ACTION_OPTIONS[action], ...Object.keys(serverOptions)];
  for (const [name, value] of Object.entries(options)) {
    const isGiven = value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
    if (isGiven && name !== 'help' && !known.includes(name)) {
      throw new UsageError(`--${name} does not go with "summa keys ${action}"`);
    }
  }
}
