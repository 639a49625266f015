import { type ApiKeyFieldsFragment, ApiKeysDocument } from '../../generated/graphql.ts';
import { UsageError } from '../command-error.ts';
import { type CommandIo, writeOut } from '../frame/command-io.ts';
import { connect } from '../server-options.ts';
import { formatTime } from '../terminal/format-cell.ts';
import { formatTable } from '../terminal/format-table.ts';
import { tableSpace } from '../terminal/table-space.ts';
import { printable } from '../terminal/text-width.ts';
import type { KeysArguments } from './keys-options.ts';

/** `summa keys list`: the keys that work, newest first; with --all those that do not any more, too. */
export async function listKeys({ options, subject }: KeysArguments, io: CommandIo): Promise<void> {
  if (subject !== undefined) throw new UsageError(`${JSON.stringify(subject)} is one argument too many`);
  const { execute } = await connect(options, io.env);
  const { viewer } = await execute(ApiKeysDocument);
  const keys = viewer.apiKeys.filter((key) => options.all || stateOf(key, Date.now()) === 'works');
  if (options.json) return writeOut(io.stdout, `${JSON.stringify(keys)}\n`);
  const columns = [
    { header: 'name', cells: keys.map(({ name }) => printable(name)) },
    { header: 'scopes', cells: keys.map(({ scopes }) => scopes.join(', ').toLowerCase()) },
    { header: 'state', cells: keys.map((key) => stateOf(key, Date.now())) },
    { header: 'created', cells: keys.map(({ createdAt }) => formatTime(createdAt)) },
    { header: 'last used', cells: keys.map(({ lastUsedAt }) => formatTime(lastUsedAt) || 'never') },
    { header: 'expires', cells: keys.map(({ expiresAt }) => formatTime(expiresAt) || 'never') },
    { header: 'id', cells: keys.map(({ id }) => id) },
  ];
  // Whatever the width: an id that is cut names nothing.
  await writeOut(io.stdout, `${formatTable(columns, { ...tableSpace(io), width: null }).text}\n`);
}

/** Whether a key works at a time, or why it does not. */
export function stateOf(
  { revokedAt, expiresAt }: Pick<ApiKeyFieldsFragment, 'revokedAt' | 'expiresAt'>,
  now: number,
): 'works' | 'revoked' | 'expired' {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && Date.parse(expiresAt) <= now ? 'expired' : 'works';
}
