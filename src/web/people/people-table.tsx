import { Button, Group, Modal, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/queries.js';
import type { Invitation, Person } from '../api/shapes.js';
import { Status } from '../parts/badges.js';
import { Fault, useErrorWords } from '../parts/fault.js';
import { Empty, Outline } from '../parts/page.js';
import { useWords } from '../words/use-words.js';

interface PeopleTableProps {
  readonly people: readonly Person[] | undefined;
  readonly invitations: readonly Invitation[] | undefined;
  readonly error: Error | null;
  /** Under which somebody's access is ended; null for who may not. */
  readonly endPath: string | null;
}

/** People, and those who were asked in. */
export function PeopleTable({ people, invitations, error, endPath }: PeopleTableProps) {
  const { say, sayOf } = useWords();
  const [ending, setEnding] = useState<Person | null>(null);
  if (error !== null) return <Fault error={error} />;
  if (people === undefined || invitations === undefined) return <Outline lines={3} />;
  if (people.length + invitations.length === 0) return <Empty>{say('people.none')}</Empty>;
  return (
    <>
      <Table.ScrollContainer minWidth={560} type="native" tabIndex={0} role="region" aria-label={say('people.title')}>
        <Table verticalSpacing={6} aria-label={say('people.title')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{say('people.name')}</Table.Th>
              <Table.Th scope="col">{say('people.email')}</Table.Th>
              <Table.Th scope="col">{say('people.role')}</Table.Th>
              <Table.Th scope="col">{say('people.state')}</Table.Th>
              {endPath !== null && <Table.Td />}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {people.map((person) => (
              <Table.Tr key={person.id}>
                <Table.Td>{person.name}</Table.Td>
                <Table.Td>{person.email}</Table.Td>
                <Table.Td>{sayOf('role', person.role)}</Table.Td>
                <Table.Td>
                  <Status group="personStatus" value={person.endedAt === null ? 'active' : 'ended'} />
                </Table.Td>
                {endPath !== null && (
                  <Table.Td ta="right">
                    {person.endedAt === null && (
                      <Button size="xs" variant="default" onClick={() => setEnding(person)}>
                        {say('people.end')}
                      </Button>
                    )}
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
            {invitations.map(({ id, name, email, role }) => (
              <Table.Tr key={id}>
                <Table.Td>{name}</Table.Td>
                <Table.Td>{email}</Table.Td>
                <Table.Td>{sayOf('role', role)}</Table.Td>
                <Table.Td>
                  <Status group="personStatus" value="invited" />
                </Table.Td>
                {endPath !== null && <Table.Td />}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {ending !== null && endPath !== null && (
        <EndAccess person={ending} path={`${endPath}/${ending.id}`} onDone={() => setEnding(null)} />
      )}
    </>
  );
}

interface EndAccessProps {
  readonly person: Person;
  readonly path: string;
  readonly onDone: () => void;
}

function EndAccess({ person, path, onDone }: EndAccessProps) {
  const { say } = useWords();
  const errorWords = useErrorWords();
  const act = useAct<Person>();
  return (
    <Modal opened onClose={onDone} title={say('people.end')} closeButtonProps={{ 'aria-label': say('action.close') }}>
      <Stack>
        <Text size="sm">{say('people.endConfirm', { name: person.name })}</Text>
        {act.error !== null && (
          <Text size="sm" role="alert" c="red">
            {errorWords(act.error)}
          </Text>
        )}
        <Group justify="end">
          <Button variant="default" onClick={onDone}>
            {say('action.cancel')}
          </Button>
          <Button
            color="red"
            loading={act.isPending}
            onClick={() => act.mutate({ path, method: 'DELETE' }, { onSuccess: onDone })}
          >
            {say('people.end')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
