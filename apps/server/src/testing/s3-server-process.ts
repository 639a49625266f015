import { startS3Server } from './s3-server.ts';

/** Starts an S3 server, tells the parent process the settings that lead to it, and stays until it is told to end. */
const server = await startS3Server();
process.once('SIGTERM', () => void server.close().then(() => process.exit()));
process.send?.(server.env);
