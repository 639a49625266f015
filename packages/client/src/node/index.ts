// biome-ignore-all lint/performance/noBarrelFile: the door of the package for Node.
export { CredentialsError } from './credentials.ts';
export { type ServerChoice, storedLogin } from './stored-login.ts';
export { downloadFileTo, type FilePair, type RunWithFiles, uploadFileFrom } from './transfer-file.ts';
