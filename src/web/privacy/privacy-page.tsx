import { Button } from '@mantine/core';
import { useList } from '../api/queries.js';
import type { Erasure } from '../api/shapes.js';
import { ListTable, type Column } from '../parts/list-table.js';
import { Page } from '../parts/page.js';
import { saveFile } from '../parts/save-file.js';
import { Section } from '../parts/section.js';
import { useFormat, useMay } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { PersonForm } from './person-form.js';

/** What people may ask for about themselves, and whom that was done for. */
export default function PrivacyPage() {
  const { say } = useWords();
  const erases = useMay('contacts:erase');
  const query = useList<Erasure>('/api/v1/erasures');
  return (
    <Page title={say('privacy.title')}>
      {erases && (
        <Section title={say('privacy.ask')}>
          <PersonForm />
        </Section>
      )}
      <Section title={say('privacy.certificates')}>
        <ListTable
          caption={say('privacy.certificates')}
          query={query}
          columns={useColumns()}
          empty={say('privacy.none')}
        />
      </Section>
    </Page>
  );
}

function useColumns(): readonly Column<Erasure>[] {
  const { say, sayOf } = useWords();
  const format = useFormat();
  return [
    {
      title: say('privacy.when'),
      cell: ({ erasedAt }) => format.moment(erasedAt),
      value: ({ erasedAt }) => erasedAt,
    },
    {
      title: say('privacy.cause'),
      cell: ({ cause }) => sayOf('privacy.cause', cause),
      value: ({ cause }) => sayOf('privacy.cause', cause),
    },
    {
      title: say('privacy.who'),
      cell: ({ requestedBy }) => requestedBy ?? '–',
      value: ({ requestedBy }) => requestedBy,
    },
    { title: say('privacy.rows'), align: 'right', cell: rowsOf, value: (erasure) => String(rowsOf(erasure)) },
    { title: say('privacy.certificate'), cell: (erasure) => <Certificate erasure={erasure} /> },
  ];
}

function rowsOf({ erased }: Erasure): number {
  return Object.values(erased).reduce((sum, rows) => sum + rows, 0);
}

function Certificate({ erasure: { id, certificate } }: { readonly erasure: Erasure }) {
  const { say } = useWords();
  const save = () => saveFile(`${id}.json`, 'application/json', JSON.stringify(certificate, null, 2));
  return (
    <Button size="xs" variant="subtle" onClick={save}>
      {say('privacy.certificate')}
    </Button>
  );
}
