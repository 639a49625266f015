/**
 * What the client calls a system metric of ours: `system/gpu/0/temp` is `system.gpu.0.temp`. Three slashes were a slash between dots,
 * the root of the file system.
 */
export function systemName(key: string): string {
  return key
    .split('///')
    .map((part) => part.replaceAll('/', '.'))
    .join('./.');
}
