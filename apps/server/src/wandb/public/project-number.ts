/**
 * A number for a project, where the client wants one: from 0 to 2^31 - 1, the same at all times. Two projects may have the same,
 * so nothing is ever found by it.
 */
export function projectNumber(projectId: string): number {
  return Number.parseInt(projectId.slice(-8), 16) & 0x7fffffff;
}
