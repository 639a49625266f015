import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { UserMinus } from 'lucide-react';
import { useState } from 'react';
import { failureText, found } from '../../api/failure.ts';
import { apiQuery, execute } from '../../api/query.ts';
import { queryClient } from '../../api/query-client.ts';
import { QueryPart } from '../../app/query-part.tsx';
import { countOf } from '../../format/format-number.ts';
import {
  type Role,
  SettingsMembersDocument,
  type SettingsMembersQuery,
  SettingsSetMemberDocument,
} from '../../generated/graphql.ts';
import { useViewer, viewerQuery } from '../../session/viewer-query.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Input, Select } from '../../ui/field.tsx';
import { PlainTable } from '../../ui/page.tsx';
import { FormProblem } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { toast } from '../../ui/toast-store.ts';
import css from './settings.module.css';

const ROLES: readonly (readonly [role: Role, word: string])[] = [
  ['READER', 'Reader'],
  ['WRITER', 'Writer'],
  ['OWNER', 'Owner'],
];

type Entity = NonNullable<SettingsMembersQuery['entity']>;
type Member = Entity['members'][number];

/** The members of an entity; its owners add, change and remove them. */
export function Members({ entity }: { readonly entity: string }) {
  const options = apiQuery(['settings', 'members', entity], SettingsMembersDocument, { entity });
  const query = useQuery({ ...options, select: (data) => found(data.entity, `entity "${entity}"`) });
  return (
    <QueryPart query={query} pending={<Skeleton lines={3} height={16} />}>
      {(data) => <MemberTable entity={data} />}
    </QueryPart>
  );
}

interface Change {
  readonly user: string;
  /** Null removes the member. */
  readonly role: Role | null;
}

function MemberTable({ entity }: { readonly entity: Entity }) {
  const viewer = useViewer();
  const isOwner = entity.viewerRole === 'OWNER';
  const change = useMutation({
    mutationFn: ({ user, role }: Change) =>
      execute(SettingsSetMemberDocument, { input: { entity: entity.name, user, role } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['settings', 'members', entity.name] }),
    onSuccess: (_, { user }) => {
      if (user === viewer.name) void queryClient.invalidateQueries({ queryKey: viewerQuery.queryKey });
    },
  });
  const remove = ({ user, role }: Member) =>
    change.mutate(
      { user: user.name, role: null },
      {
        onSuccess: () =>
          toast({
            text: `${user.name} is no longer a member of ${entity.name}.`,
            // Who has left himself may not come back by himself.
            ...(user.name !== viewer.name && { undo: () => change.mutate({ user: user.name, role }) }),
          }),
      },
    );
  return (
    <section className={css.team} aria-label={`Members of ${entity.name}`}>
      <div className={css.teamHead}>
        <Link className={css.teamName} to="/$entity" params={{ entity: entity.name }}>
          {entity.name}
        </Link>
        <span className={css.muted}>
          {entity.kind === 'TEAM' ? 'team' : 'your own'}, {countOf(entity.members.length, 'member')}
        </span>
      </div>
      <PlainTable caption={`Roles in ${entity.name}`}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Role</th>
            <th scope="col">Since</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {entity.members.map((member) => (
            <tr key={member.user.id}>
              <td className={css.name} title={member.user.name}>
                {member.user.displayName || member.user.name}
                {member.user.displayName !== '' && member.user.displayName !== member.user.name && (
                  <span className={css.muted}> ({member.user.name})</span>
                )}
              </td>
              <td>
                {isOwner ? (
                  <RoleSelect
                    label={`Role of ${member.user.name} in ${entity.name}`}
                    role={member.role}
                    onChange={(role) => change.mutate({ user: member.user.name, role })}
                  />
                ) : (
                  member.role.toLowerCase()
                )}
              </td>
              <td>
                <RelativeTime at={member.createdAt} />
              </td>
              <td className={css.last}>
                {isOwner && (
                  <IconButton label={`Remove ${member.user.name} from ${entity.name}`} onClick={() => remove(member)}>
                    <UserMinus aria-hidden />
                  </IconButton>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
      <FormProblem text={change.error ? failureText(change.error) : undefined} />
      {isOwner && (
        <AddMember
          entity={entity.name}
          isBusy={change.isPending}
          onAdd={async (user, role) => void (await change.mutateAsync({ user, role }))}
        />
      )}
    </section>
  );
}

interface RoleSelectProps {
  readonly label: string;
  readonly role: Role;
  readonly onChange: (role: Role) => void;
}

function RoleSelect({ label, role, onChange }: RoleSelectProps) {
  return (
    <Select aria-label={label} value={role} onChange={(event) => onChange(event.target.value as Role)}>
      {ROLES.map(([value, word]) => (
        <option key={value} value={value}>
          {word}
        </option>
      ))}
    </Select>
  );
}

interface AddMemberProps {
  readonly entity: string;
  readonly isBusy: boolean;
  readonly onAdd: (user: string, role: Role) => Promise<void>;
}

function AddMember({ entity, isBusy, onAdd }: AddMemberProps) {
  const [user, setUser] = useState('');
  const [role, setRole] = useState<Role>('WRITER');
  return (
    <form
      className={css.add}
      onSubmit={(event) => {
        event.preventDefault();
        onAdd(user.trim(), role).then(
          () => setUser(''),
          () => undefined,
        );
      }}
    >
      <Input
        className={css.wide}
        aria-label={`User name to add to ${entity}`}
        placeholder="User name"
        required
        value={user}
        onChange={(event) => setUser(event.target.value)}
      />
      <RoleSelect label={`Role in ${entity} to add with`} role={role} onChange={setRole} />
      <Button type="submit" disabled={isBusy}>
        Add
      </Button>
    </form>
  );
}
