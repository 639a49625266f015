import { logAndQuery } from './log-and-query.mjs';

const [project] = process.argv.slice(2);
console.log(JSON.stringify(await logAndQuery({}, project)));
