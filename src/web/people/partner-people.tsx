import { Group, Stack } from '@mantine/core';
import { useAnswer } from '../api/queries.js';
import type { Invitation, Person } from '../api/shapes.js';
import { useMe } from '../shell/who.js';
import { InviteButton } from './invite-button.js';
import { PeopleTable } from './people-table.js';

const roles = ['member', 'owner'] as const;

interface Answer {
  readonly people: readonly Person[];
  readonly invitations: readonly Invitation[];
}

/** Who signs in for a partner; its owners, and operators who may, say who else. */
export function PartnerPeople({ partnerId }: { readonly partnerId: string }) {
  const { kind, rights, role } = useMe();
  const manages = kind === 'operator' ? rights === null || rights.includes('partners:manage') : role !== 'member';
  const path = `/api/v1/partners/${encodeURIComponent(partnerId)}/people`;
  const query = useAnswer<Answer>(path);
  return (
    <Stack>
      {manages && (
        <Group justify="end">
          <InviteButton path={path} roles={roles} />
        </Group>
      )}
      <PeopleTable
        people={query.data?.people}
        invitations={query.data?.invitations}
        error={query.error}
        endPath={manages ? path : null}
      />
    </Stack>
  );
}
