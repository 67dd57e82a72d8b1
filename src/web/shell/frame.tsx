import { AppShell, Box, Burger, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Outlet, ScrollRestoration, useLocation } from 'react-router';
import { call } from '../api/call.js';
import { mePath } from '../api/query-client.js';
import { AgreementAsked } from '../joining/agreement-asked.js';
import { useWords } from '../words/use-words.js';
import { MainMenu } from './main-menu.js';
import { Preferences } from './preferences.js';
import { useMe } from './who.js';

/** What stands around every page. */
export function Frame() {
  const { say } = useWords();
  const me = useMe();
  const [opened, { toggle, close }] = useDisclosure();
  useFocusOnNewPage();
  return (
    <AppShell
      layout="alt"
      header={{ height: { base: 52, sm: 0 } }}
      navbar={{ width: 256, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <a className="skip" href="#content">
        {say('nav.skip')}
      </a>
      <AppShell.Header hiddenFrom="sm">
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Text fw={600} truncate>
            {me.programName}
          </Text>
          <Burger opened={opened} onClick={toggle} size="sm" aria-label={say('nav.menu')} aria-expanded={opened} />
        </Group>
      </AppShell.Header>
      {/* A closed menu lies beside the screen, where the focus must not go. */}
      <AppShell.Navbar p="sm" aria-label={say('nav.label')} mod={{ closed: !opened }}>
        <Navbar onGo={close} onClose={toggle} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Box maw={1180}>
          <AgreementAsked />
          <Outlet />
        </Box>
      </AppShell.Main>
      <ScrollRestoration />
    </AppShell>
  );
}

/** Whoever goes by keyboard or hears the page goes on where the new page begins, as after a link of a plain page. */
function useFocusOnNewPage(): void {
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    document.getElementById('content')?.focus({ preventScroll: true });
  }, [pathname]);
}

function Navbar({ onGo, onClose }: { readonly onGo: () => void; readonly onClose: () => void }) {
  const { say } = useWords();
  const me = useMe();
  return (
    <>
      <Group px="xs" pt={4} pb="md" justify="space-between" wrap="nowrap">
        <Stack gap={0} miw={0}>
          <Text fw={600} truncate>
            {me.programName}
          </Text>
          <Text size="sm" c="dimmed" truncate>
            {me.name}
          </Text>
        </Stack>
        <Burger hiddenFrom="sm" opened onClick={onClose} size="sm" aria-label={say('nav.closeMenu')} />
      </Group>
      <MainMenu onGo={onGo} />
      <Stack gap="xs" pt="md">
        <Preferences />
        <SignOut />
      </Stack>
    </>
  );
}

function SignOut() {
  const { say } = useWords();
  const client = useQueryClient();
  const signOut = async () => {
    // Whether or not the service took it, the next question says who is signed in.
    await call('/api/auth/sign-out', { method: 'POST', body: {} }).catch(() => undefined);
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== mePath });
    await client.invalidateQueries({ queryKey: [mePath] });
  };
  return (
    <Button variant="subtle" color="gray" size="xs" onClick={() => void signOut()}>
      {say('nav.signOut')}
    </Button>
  );
}
