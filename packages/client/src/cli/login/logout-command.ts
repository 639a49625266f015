import { credentialsFile, readCredentials, withoutServer, writeCredentials } from '../../node/credentials.ts';
import { settleServer } from '../../node/stored-login.ts';
import { CommandError } from '../command-error.ts';
import { defineCommand } from '../frame/command.ts';
import { serverOptions } from '../server-options.ts';

/** `summa logout`: forgets the key for a server; the key itself goes on working until it is revoked. */
export const logoutCommand = defineCommand({
  name: 'logout',
  summary: 'forget the key for a server',
  options: { url: serverOptions.url },
  description: `Forgets the key that summa login has kept for a server. The key itself goes on working: summa keys revoke ends it.`,
  async run({ options: { url } }, io) {
    const file = credentialsFile(io.env);
    const credentials = readCredentials(file);
    const server = settleServer({ url }, io.env, credentials).url;
    if (!Object.hasOwn(credentials.servers, server)) {
      throw new CommandError(`there is no key for ${server}; summa login --show lists those that there are`);
    }
    await writeCredentials(file, withoutServer(credentials, server));
    io.stdout.write(`Forgot the key for ${server}.\n`);
    return 0;
  },
});
