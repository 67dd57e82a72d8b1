import { Center, Stack, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { Preferences } from './preferences.js';

interface DoorPageProps {
  readonly title: string;
  readonly width?: number;
  readonly children: ReactNode;
}

/** A page in front of the application: narrow, and without its frame. */
export function DoorPage({ title, width = 420, children }: DoorPageProps) {
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <Center component="main" mih="100vh" p="md">
      <Stack w="100%" maw={width}>
        <Title order={1}>{title}</Title>
        {children}
        <Preferences />
      </Stack>
    </Center>
  );
}
