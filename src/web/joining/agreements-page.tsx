import { Anchor, Button, Modal, Stack, Table } from '@mantine/core';
import { useState } from 'react';
import { useAnswer } from '../api/queries.js';
import type { Agreement, AgreementSummary } from '../api/shapes.js';
import { DocumentText } from '../parts/document-text.js';
import { Empty, Loaded, Page } from '../parts/page.js';
import { useFormat, useMay } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { PublishAgreement } from './publish-agreement.js';

/** Every version of the partner agreement, for operators. */
export default function AgreementsPage() {
  const { say } = useWords();
  const query = useAnswer<{ readonly items: readonly AgreementSummary[] }>('/api/v1/agreements');
  const [shown, setShown] = useState<number | null>(null);
  const [publishing, setPublishing] = useState(false);
  const mayPublish = useMay('program:change');
  const close = () => {
    setShown(null);
    setPublishing(false);
  };
  return (
    <Page
      title={say('agreement.title')}
      aside={mayPublish && <Button onClick={() => setPublishing(true)}>{say('agreement.publish')}</Button>}
    >
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{say('agreement.noVersions')}</Empty>
          ) : (
            <Versions versions={items} onShow={setShown} />
          )
        }
      </Loaded>
      <Modal
        opened={shown !== null || publishing}
        onClose={close}
        size="lg"
        title={publishing ? say('agreement.publish') : say('agreement.title')}
        closeButtonProps={{ 'aria-label': say('action.close') }}
      >
        {shown !== null && <OneVersion version={shown} />}
        {publishing && <PublishAgreement latest={query.data?.items[0]?.version ?? 0} onDone={close} />}
      </Modal>
    </Page>
  );
}

interface VersionsProps {
  readonly versions: readonly AgreementSummary[];
  readonly onShow: (version: number) => void;
}

function Versions({ versions, onShow }: VersionsProps) {
  const { say } = useWords();
  const format = useFormat();
  const titles = ['version', 'from', 'again', 'note', 'publishedBy', 'acceptedBy'] as const;
  return (
    <Table.ScrollContainer minWidth={640} type="native" tabIndex={0} role="region" aria-label={say('agreement.title')}>
      <Table verticalSpacing={6} aria-label={say('agreement.title')}>
        <Table.Thead>
          <Table.Tr>
            {titles.map((title) => (
              <Table.Th key={title} scope="col" ta={title === 'acceptedBy' ? 'right' : 'left'}>
                {say(`agreement.column.${title}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {versions.map((one) => (
            <Table.Tr key={one.version}>
              <Table.Td>
                <Anchor component="button" type="button" size="sm" onClick={() => onShow(one.version)}>
                  {say('agreement.number', { version: one.version })}
                </Anchor>
              </Table.Td>
              <Table.Td>{format.day(one.effectiveFrom)}</Table.Td>
              <Table.Td>{say(one.asksAcceptance ? 'agreement.asks' : 'agreement.asksNot')}</Table.Td>
              <Table.Td>{one.note ?? '–'}</Table.Td>
              <Table.Td>
                {one.publishedBy}, {format.moment(one.publishedAt)}
              </Table.Td>
              <Table.Td ta="right">{one.acceptedBy}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function OneVersion({ version }: { readonly version: number }) {
  const query = useAnswer<Agreement>(`/api/v1/agreements/${String(version)}`);
  return (
    <Loaded query={query}>
      {({ text }) => (
        <Stack>
          <DocumentText text={text} />
        </Stack>
      )}
    </Loaded>
  );
}
