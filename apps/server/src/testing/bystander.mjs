// A process that has nothing to do with Postgres, until it is killed.
setInterval(() => undefined, 60_000);
