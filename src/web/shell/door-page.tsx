import { Center, Stack, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { Preferences } from './preferences.js';

/** A page in front of the application: narrow, and without its frame. */
export function DoorPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <Center component="main" mih="100vh" p="md">
      <Stack w="100%" maw={420}>
        <Title order={1}>{title}</Title>
        {children}
        <Preferences />
      </Stack>
    </Center>
  );
}
