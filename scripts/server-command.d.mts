export function serverCommand(args: readonly string[]): [command: string, args: string[]];
