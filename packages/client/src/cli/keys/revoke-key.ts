import { type ApiKeyFieldsFragment, ApiKeysDocument, RevokeApiKeyDocument } from '../../generated/graphql.ts';
import { CommandError, UsageError } from '../command-error.ts';
import { type CommandIo, writeOut } from '../frame/command-io.ts';
import { connect } from '../server-options.ts';
import type { KeysArguments } from './keys-options.ts';
import { stateOf } from './list-keys.ts';

/** `summa keys revoke`: ends a key, named by its id or by a name that only one working key has. */
export async function revokeKey({ options, subject }: KeysArguments, io: CommandIo): Promise<void> {
  if (subject === undefined) throw new UsageError('which key is missing: summa keys revoke <id or name>');
  const { execute } = await connect(options, io.env);
  const { viewer } = await execute(ApiKeysDocument);
  const { id } = pickKey(viewer.apiKeys, subject, Date.now());
  const { revokeApiKey } = await execute(RevokeApiKeyDocument, { input: { apiKeyId: id } });
  const { apiKey } = revokeApiKey;
  await writeOut(
    io.stdout,
    options.json ? `${JSON.stringify(apiKey)}\n` : `Revoked the key ${JSON.stringify(apiKey.name)}.\n`,
  );
}

/** The key that is meant; throws `CommandError` when there is none, or when several working ones have the name. */
export function pickKey(keys: readonly ApiKeyFieldsFragment[], subject: string, now: number): ApiKeyFieldsFragment {
  const byId = keys.find(({ id }) => id === subject);
  if (byId !== undefined) return byId;
  const named = keys.filter((key) => key.name === subject && stateOf(key, now) === 'works');
  const [only, second] = named;
  if (only === undefined) {
    throw new CommandError(`none of your working keys is called ${JSON.stringify(subject)}; summa keys lists them`);
  }
  if (second === undefined) return only;
  const ids = named.map(({ id }) => id).join(', ');
  throw new CommandError(`${named.length} keys are called ${JSON.stringify(subject)}; revoke one by its id: ${ids}`);
}
