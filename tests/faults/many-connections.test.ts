import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createConnection, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';

const CONNECTIONS = 100;
/** How many more files and sockets the server may open than it has. */
const ROOM = 20;

const setLimit = (...args: string[]) => spawnSync('prlimit', args).status === 0;

/** Connects and asks whether the server lives. @returns whether an answer came before the server closed the connection */
async function askAndStay({ url }: SummaProcess, sockets: Socket[]): Promise<boolean> {
  const socket = createConnection(Number(new URL(url).port), '127.0.0.1');
  sockets.push(socket);
  // A reset is a way to be closed.
  socket.on('error', () => {});
  socket.write('GET /livez HTTP/1.1\r\nhost: x\r\n\r\n');
  return Promise.race([once(socket, 'data').then(() => true), once(socket, 'close').then(() => false)]).catch(
    () => false,
  );
}

// Needs the kernel's limits and their tool.
describe.runIf(process.platform === 'linux' && setLimit('--version'))('more connections than the system allows', () => {
  it('are closed at once; those that are open are answered, and so is everybody once there is room', async () => {
    await using server = await startSumma();
    const open = (await readdir(`/proc/${server.pid}/fd`)).length;
    expect(setLimit('--pid', String(server.pid), `--nofile=${open + ROOM}`)).toBe(true);
    const sockets: Socket[] = [];
    const answered = await Promise.all(Array.from({ length: CONNECTIONS }, () => askAndStay(server, sockets)));
    const served = answered.filter((isAnswered) => isAnswered).length;
    expect(served).toBeGreaterThan(ROOM / 2);
    expect(served).toBeLessThan(CONNECTIONS / 2);
    for (const socket of sockets) socket.destroy();
    await expect.poll(async () => (await fetch(`${server.url}/readyz`).catch(() => null))?.status).toBe(200);
  });
});
