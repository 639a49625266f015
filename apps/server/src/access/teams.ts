import { inTransaction } from '../database/in-transaction.ts';
import { ServerError } from '../server-error.ts';
import { checkName } from '../text-input.ts';
import { uuidV7 } from '../uuid-v7.ts';
import { type EntityRecord, insertEntity } from './entity-store.ts';
import { deleteMembership, lockOwners, upsertMembership } from './membership-store.ts';
import { requireEntity } from './project-access.ts';
import type { RequestContext } from './request-context.ts';
import type { Role } from './role.ts';
import { findUserByName } from './user-store.ts';

/** Makes a team whose owner is the caller. @throws ServerError INVALID_NAME, ENTITY_EXISTS */
export async function createTeam({ services, caller }: RequestContext, name: string): Promise<EntityRecord> {
  checkName(name, ['name']);
  const createdAt = services.clock();
  const team: EntityRecord = { id: uuidV7(createdAt), name, kind: 'team', createdAt };
  await inTransaction(services.database.pool, 'write', async (client) => {
    const isStored = await insertEntity(client, team);
    if (!isStored)
      throw new ServerError('ENTITY_EXISTS', `there already is an entity "${name}"; choose another name`, ['name']);
    await upsertMembership(client, { entityId: team.id, userId: caller.userId, role: 'OWNER', createdAt });
  });
  return team;
}

/** Which user is to be what in which entity; null for no member. */
export interface SetMemberInput {
  readonly entity: string;
  readonly user: string;
  readonly role: Role | null;
}

/**
 * Makes a user a member of an entity, changes the role, or ends the membership. Only owners may.
 *
 * @throws ServerError ENTITY_NOT_FOUND, FORBIDDEN, USER_NOT_FOUND, LAST_OWNER
 */
export async function setMember(context: RequestContext, input: SetMemberInput): Promise<EntityRecord> {
  const { services } = context;
  const entity = await requireEntity(context, input.entity, 'administer');
  const user = await findUserByName(services.database.pool, input.user);
  if (!user) throw new ServerError('USER_NOT_FOUND', `there is no user "${input.user}"`, ['user']);
  await inTransaction(services.database.pool, 'write', async (client) => {
    const owners = await lockOwners(client, entity.id);
    if (input.role !== 'OWNER' && owners.length === 1 && owners[0] === user.id) throw lastOwner(input);
    if (input.role === null) await deleteMembership(client, entity.id, user.id);
    else
      await upsertMembership(client, {
        entityId: entity.id,
        userId: user.id,
        role: input.role,
        createdAt: services.clock(),
      });
  });
  return entity;
}

function lastOwner({ entity, user }: SetMemberInput): ServerError {
  return new ServerError(
    'LAST_OWNER',
    `"${user}" is the only owner of "${entity}"; make somebody else an owner first`,
    ['role'],
  );
}
