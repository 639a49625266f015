import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What Postgres calls its sockets and their locks in a folder. */
const SOCKET = /^\.s\.PGSQL\.\d+(\.lock)?$/;
/** The address of a socket has room for 103 bytes on macOS, and for 107 on Linux. */
const ADDRESS_BYTES = 103;
const LONGEST_NAME = '/.s.PGSQL.65535';

/** Whether a folder's path can be that of a Unix socket of Postgres: short enough, and without what its list of folders is written with. */
export function mayHoldSocket(folder: string): boolean {
  return Buffer.byteLength(folder + LONGEST_NAME) <= ADDRESS_BYTES && !/[,"]/.test(folder);
}

/** Removes the sockets that a killed Postgres has left in a folder, which may name any process by now. Only where none runs. */
export async function clearSockets(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  await Promise.all(names.filter((name) => SOCKET.test(name)).map((name) => rm(join(folder, name), { force: true })));
}
