import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { createQueryClient } from './api/query-client.js';
import { Session } from './shell/session.js';
import { cssVariables, theme } from './shell/theme.js';
import { WordsProvider } from './words/use-words.js';

const queryClient = createQueryClient();

/** Everything a page stands on. */
export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <WordsProvider>
          <Session />
        </WordsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
