import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { withQuery } from '../api/queries.js';
import { useMay } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

/** From a connection to what is mapped there, for whoever may change that. */
export function MappingLink({ connectionId }: { readonly connectionId: string }) {
  const { say } = useWords();
  if (!useMay('program:change')) return null;
  return (
    <Text size="sm">
      <Anchor component={Link} to={withQuery('/mapping', { connection: connectionId })}>
        {say('connections.mapping')}
      </Anchor>
    </Text>
  );
}
