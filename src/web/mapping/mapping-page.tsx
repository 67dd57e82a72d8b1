import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useAnswer, useList } from '../api/queries.js';
import type { Connection, Program } from '../api/shapes.js';
import { Fault } from '../parts/fault.js';
import { Empty, Loaded, Outline, Page } from '../parts/page.js';
import { useWords } from '../words/use-words.js';
import { MappingForm } from './mapping-form.js';
import { programPath } from './use-save-program.js';

/** What goes into a connected CRM and what is read from it, in the CRM's own lists. */
export default function MappingPage() {
  const { say } = useWords();
  const [asked, setAsked] = useSearchParams();
  const connections = useList<Connection>('/api/v1/connections');
  const program = useAnswer<Program>(programPath);
  const items = connections.items ?? [];
  const chosen = items.find(({ id }) => id === asked.get('connection')) ?? items[0];
  return (
    <Page
      title={say('mapping.title')}
      back={{ to: '/connections', label: say('nav.connections') }}
      aside={
        items.length > 1 && (
          <NativeSelect
            aria-label={say('mapping.connection')}
            data={items.map(({ id, name }) => ({ value: id, label: name }))}
            value={chosen?.id ?? ''}
            onChange={(event) => setAsked({ connection: event.currentTarget.value }, { replace: true })}
          />
        )
      }
    >
      {connections.error !== null && <Fault error={connections.error} retry={() => void connections.refetch()} />}
      {connections.items === undefined && connections.error === null && <Outline />}
      {connections.items?.length === 0 && <Empty>{say('connections.none')}</Empty>}
      {chosen !== undefined && (
        <Loaded query={program}>{(settings) => <Kept key={chosen.id} connection={chosen} program={settings} />}</Loaded>
      )}
    </Page>
  );
}

/** A draft outlives that the settings are read again; only who asks for them begins anew. */
function Kept({ connection, program }: { readonly connection: Connection; readonly program: Program }) {
  const [begun, setBegun] = useState({ times: 0, from: program });
  return (
    <MappingForm
      key={begun.times}
      connection={connection}
      from={begun.from}
      onTakeTheirs={() => setBegun({ times: begun.times + 1, from: program })}
    />
  );
}
