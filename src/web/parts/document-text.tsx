import { Box, List, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { blocksOf, spansOf, type Block } from './document-blocks.js';

/** A longer text with the headings, lists and bold type of Markdown; everything else in it, HTML too, is shown as it was written. */
export function DocumentText({ text }: { readonly text: string }) {
  return (
    <Box className="document">
      {blocksOf(text).map((block, index) => (
        <Part key={index} block={block} />
      ))}
    </Box>
  );
}

function Part({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'heading':
      return (
        <Title order={block.level} size={block.level === 3 ? 'h4' : 'h5'} mt="md" mb="xs">
          {spans(block.text)}
        </Title>
      );
    case 'list':
      return (
        <List type={block.ordered ? 'ordered' : 'unordered'} size="sm" mb="sm">
          {block.items.map((item, index) => (
            <List.Item key={index}>{spans(item)}</List.Item>
          ))}
        </List>
      );
    case 'paragraph':
      return (
        <Text size="sm" mb="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {spans(block.text)}
        </Text>
      );
    default:
      return block satisfies never;
  }
}

function spans(text: string): ReactNode {
  return spansOf(text).map(({ text: part, bold }, index) => (bold ? <strong key={index}>{part}</strong> : part));
}
