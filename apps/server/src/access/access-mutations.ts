import { builder } from '../graphql/builder.ts';
import { addMutation } from '../graphql/mutation.ts';
import { parseNodeIdOf } from '../graphql/node-id.ts';
import { ApiKeyRef, EntityRef, UserRef } from '../graphql/node-refs.ts';
import type { ApiKeyRecord } from './api-key-store.ts';
import { ScopeType } from './api-key-type.ts';
import { type CreatedApiKey, createApiKey, revokeApiKey } from './api-keys.ts';
import { type CreatedUser, createUser } from './create-user.ts';
import type { EntityRecord } from './entity-store.ts';
import { RoleType } from './membership-type.ts';
import { createTeam, setMember } from './teams.ts';

addMutation('createTeam', {
  scope: 'ADMIN',
  description: 'Makes a team, whose owner is the caller.',
  input: builder.inputType('CreateTeamInput', {
    description: 'What a new team is to be.',
    fields: (t) => ({
      name: t.string({ required: true, description: 'The name: 1 to 128 letters, digits, "_", "." and "-".' }),
    }),
  }),
  payload: entityPayload('CreateTeamPayload', 'A team that was made.', 'The team.'),
  run: async (context, input) => ({ entity: await createTeam(context, input.name) }),
});

addMutation('setMember', {
  scope: 'ADMIN',
  description:
    'Makes a user a member of an entity, changes what a member may do, or ends a membership. Only owners of the entity may.',
  input: builder.inputType('SetMemberInput', {
    description: 'Who is to be what in which entity.',
    fields: (t) => ({
      entity: t.string({ required: true, description: 'The name of the entity.' }),
      user: t.string({ required: true, description: 'The login name of the user.' }),
      role: t.field({ type: RoleType, description: 'What the member may do. Null, or nothing, ends the membership.' }),
    }),
  }),
  payload: entityPayload('SetMemberPayload', 'An entity whose members were changed.', 'The entity.'),
  run: async (context, input) => ({ entity: await setMember(context, { ...input, role: input.role ?? null }) }),
});

addMutation('createUser', {
  scope: 'ADMIN',
  description: 'Makes a user with an own entity and a first key with all scopes. Only administrators may.',
  input: builder.inputType('CreateUserInput', {
    description: 'What a new user is to be.',
    fields: (t) => ({
      name: t.string({
        required: true,
        description: 'The login name: 1 to 128 letters, digits, "_", "." and "-". It never changes.',
      }),
      displayName: t.string({ description: 'The name that people read. It is the login name when left out.' }),
      email: t.string({ description: 'The email address, which only the user sees.' }),
    }),
  }),
  payload: builder.objectRef<CreatedUser>('CreateUserPayload').implement({
    description: 'A user that was made.',
    fields: (t) => ({
      user: t.field({ type: UserRef, description: 'The user.', resolve: (created) => created.user }),
      apiKey: t.field({
        type: ApiKeyRef,
        description: 'The first key of the user.',
        resolve: (created) => created.apiKey,
      }),
      key: t.exposeString('key', {
        description: 'The text of that key. It is shown this once: hand it to the user now.',
      }),
    }),
  }),
  run: createUser,
});

addMutation('createApiKey', {
  scope: 'ADMIN',
  description: 'Makes an API key for the caller, or, by an administrator, for somebody else.',
  input: builder.inputType('CreateApiKeyInput', {
    description: 'What a new API key is to be.',
    fields: (t) => ({
      name: t.string({ required: true, description: 'What the key is for, in up to 128 characters.' }),
      scopes: t.field({ type: [ScopeType], required: true, description: 'What the key may be used for.' }),
      expiresAt: t.field({ type: 'DateTime', description: 'When the key stops working. It never does when left out.' }),
      userName: t.string({
        description: 'The login name of the user whose key it is. It is the caller when left out.',
      }),
    }),
  }),
  payload: builder.objectRef<CreatedApiKey>('CreateApiKeyPayload').implement({
    description: 'An API key that was made.',
    fields: (t) => ({
      apiKey: t.field({
        type: ApiKeyRef,
        description: 'The key, without its secret.',
        resolve: (created) => created.apiKey,
      }),
      key: t.exposeString('key', {
        description: 'The text of the key. It is shown this once: nobody can read it again.',
      }),
    }),
  }),
  run: createApiKey,
});

addMutation('revokeApiKey', {
  scope: 'ADMIN',
  description:
    'Revokes an API key of the caller, or, by an administrator, of anybody. Other servers on this database follow within ten seconds.',
  input: builder.inputType('RevokeApiKeyInput', {
    description: 'Which API key is to stop working.',
    fields: (t) => ({ apiKeyId: t.id({ required: true, description: 'The id of the key.' }) }),
  }),
  payload: builder.objectRef<{ apiKey: ApiKeyRecord }>('RevokeApiKeyPayload').implement({
    description: 'An API key that was revoked.',
    fields: (t) => ({
      apiKey: t.field({ type: ApiKeyRef, description: 'The key.', resolve: (revoked) => revoked.apiKey }),
    }),
  }),
  run: async (context, input) => ({
    apiKey: await revokeApiKey(context, parseNodeIdOf('ApiKey', input.apiKeyId, ['apiKeyId'])),
  }),
});

function entityPayload(name: string, description: string, entity: string) {
  return builder.objectRef<{ entity: EntityRecord }>(name).implement({
    description,
    fields: (t) => ({
      entity: t.field({ type: EntityRef, description: entity, resolve: (payload) => payload.entity }),
    }),
  });
}
