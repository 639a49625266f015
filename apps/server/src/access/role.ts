/** What a member may do in an entity, from most to least: an owner all that a writer may, a writer all that a reader may. */
export const ROLES = ['OWNER', 'WRITER', 'READER'] as const;

/** One of `ROLES`, as GraphQL names it. Stored in lower case. */
export type Role = (typeof ROLES)[number];

/** The role that a stored word means, or null when it means none. */
export function roleFromStored(stored: string | null | undefined): Role | null {
  return ROLES.find((role) => role.toLowerCase() === stored) ?? null;
}

/** The word that is stored for a role. */
export function storedRole(role: Role): string {
  return role.toLowerCase();
}
