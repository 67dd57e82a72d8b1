import { List, Text } from '@mantine/core';

interface SentencesProps {
  readonly sentences: readonly string[];
  readonly none: string;
}

/** A plan as it promises: sentence by sentence. */
export function Sentences({ sentences, none }: SentencesProps) {
  if (sentences.length === 0)
    return (
      <Text c="dimmed" size="sm">
        {none}
      </Text>
    );
  return (
    <List spacing={6} size="sm">
      {sentences.map((sentence) => (
        <List.Item key={sentence}>{sentence}</List.Item>
      ))}
    </List>
  );
}
