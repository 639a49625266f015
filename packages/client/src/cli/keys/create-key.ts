import { CreateApiKeyDocument, type Scope } from '../../generated/graphql.ts';
import { UsageError } from '../command-error.ts';
import { type CommandIo, writeOut } from '../frame/command-io.ts';
import { connect } from '../server-options.ts';
import { formatTime } from '../terminal/format-cell.ts';
import type { KeysArguments } from './keys-options.ts';
import { parseExpiry } from './parse-expiry.ts';

/** `summa keys create`: makes a key; its text alone goes to stdout, what is known of it to stderr. */
export async function createKey({ options, subject: name }: KeysArguments, io: CommandIo): Promise<void> {
  if (name === undefined)
    throw new UsageError('the name of the key is missing: summa keys create <name> --scope <scope>');
  if (options.scope.length === 0) throw new UsageError('--scope is missing: ingest, read or admin');
  const expiresAt = options.expires === undefined ? undefined : parseExpiry(options.expires, Date.now());
  const { execute } = await connect(options, io.env);
  const input = {
    name,
    scopes: options.scope.map((scope) => scope.toUpperCase() as Scope), // one of the option's choices
    ...(expiresAt !== undefined && { expiresAt }),
    ...(options.user !== undefined && { userName: options.user }),
  };
  const { createApiKey: made } = await execute(CreateApiKeyDocument, { input });
  if (options.json) return writeOut(io.stdout, `${JSON.stringify(made)}\n`);
  const { apiKey } = made;
  const end = apiKey.expiresAt === null ? 'never expires' : `expires ${formatTime(apiKey.expiresAt)}`;
  const scopes = apiKey.scopes.join(', ').toLowerCase();
  io.stderr.write(`Made the key ${JSON.stringify(apiKey.name)} (${scopes}, ${end}). It is shown this once:\n`);
  await writeOut(io.stdout, `${made.key}\n`);
}
