import { NavLink, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import { NavLink as RouterLink, useLocation } from 'react-router';
import { useWords } from '../words/use-words.js';
import { menu, type MenuSection } from './navigation.js';
import { useDeskCounts, WaitingBadge } from './waiting-badge.js';
import { useMe } from './who.js';

/** Where one can go, with how much waits there. */
export function MainMenu({ onGo }: { readonly onGo: () => void }) {
  const me = useMe();
  const mayRead = ({ right }: { readonly right?: string }) =>
    right === undefined || (me.rights?.includes(right) ?? true);
  return (
    <Stack gap="md" flex={1} mih={0} style={{ overflowY: 'auto' }}>
      {menu[me.kind].map(({ label, destinations }) => (
        <Section key={label} label={label} destinations={destinations.filter(mayRead)} onGo={onGo} />
      ))}
    </Stack>
  );
}

function Section({ label, destinations, onGo }: MenuSection & { readonly onGo: () => void }) {
  const { say } = useWords();
  const { pathname } = useLocation();
  const counts = useDeskCounts();
  const labelId = useId();
  return (
    <Stack gap={2} {...(label === null ? {} : { role: 'group', 'aria-labelledby': labelId })}>
      {label !== null && (
        <Text id={labelId} size="xs" fw={600} c="dimmed" px="sm">
          {say(label)}
        </Text>
      )}
      {destinations.map(({ path, label: name, waiting }) => (
        <NavLink
          key={path}
          component={RouterLink}
          to={path}
          label={say(name)}
          rightSection={waiting === undefined ? undefined : <WaitingBadge count={counts?.[waiting]} />}
          active={pathname === path || pathname.startsWith(`${path}/`)}
          onClick={onGo}
          py={6}
          style={{ borderRadius: 'var(--mantine-radius-sm)' }}
        />
      ))}
    </Stack>
  );
}
