import { createClient } from '@summa/client';
import { downloadFileTo, uploadFileFrom } from '@summa/client/node';

// A process of its own, so that its peak memory is that of the client: uploads a file, downloads it, tells the growth.
const [sent = '', received = ''] = process.argv.slice(2);
const peakBytes = () => process.resourceUsage().maxRSS * 1024;

const client = createClient();
const run = await client.startRun({ project: 'large' });
const before = peakBytes();
await uploadFileFrom(run, { path: 'large.bin', local: sent });
const afterUpload = peakBytes();
await downloadFileTo(run, { path: 'large.bin', local: received });
await run.finish();
console.log(JSON.stringify({ upload: afterUpload - before, download: peakBytes() - afterUpload }));
