import { createServer } from 'node:http';
import pg from 'pg';

// What no server on Postgres and Node can beat by much: the text of a document by its key, through a pool of the size of ours.
const pool = new pg.Pool({ max: 10 });

const server = createServer((request, response) => {
  const query = {
    name: 'find-document',
    text: 'SELECT data::text AS data FROM bench_document WHERE run = $1',
    values: [Number(request.url?.slice(1))],
  };
  pool.query<{ data: string }>(query).then(
    ({ rows: [row] }) => {
      response.statusCode = row ? 200 : 404;
      response.setHeader('content-type', 'application/json').end(row?.data ?? '');
    },
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});

// As our server does: a connection that waits for the other side of a round must not be closed.
server.keepAliveTimeout = 75_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' && address ? address.port : 0}\n`);
});
