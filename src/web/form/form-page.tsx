import { useState } from 'react';
import { useAnswer, useList } from '../api/queries.js';
import type { Connection, Program, ReadChoices } from '../api/shapes.js';
import { programPath } from '../mapping/use-save-program.js';
import { Fault } from '../parts/fault.js';
import { Loaded, Outline, Page } from '../parts/page.js';
import { useWords } from '../words/use-words.js';
import { FormEditor } from './form-editor.js';

/** The vendor's own questions in the form of a lead, as rev ops writes them. */
export default function FormPage() {
  const { say } = useWords();
  const connections = useList<Connection>('/api/v1/connections');
  const program = useAnswer<Program>(programPath);
  const read = useAnswer<{ readonly items: readonly ReadChoices[] }>('/api/v1/form/choices');
  const { items } = connections;
  return (
    <Page title={say('formPage.title')}>
      {connections.error !== null && <Fault error={connections.error} retry={() => void connections.refetch()} />}
      {items === undefined && connections.error === null && <Outline />}
      {items !== undefined && (
        <Loaded query={program}>
          {(settings) => <Kept program={settings} connections={items} read={read.data?.items ?? []} />}
        </Loaded>
      )}
    </Page>
  );
}

interface KeptProps {
  readonly program: Program;
  readonly connections: readonly Connection[];
  readonly read: readonly ReadChoices[];
}

/** A draft outlives that the settings are read again; only who asks for them begins anew. */
function Kept({ program, ...rest }: KeptProps) {
  const [begun, setBegun] = useState({ times: 0, from: program });
  return (
    <FormEditor
      key={begun.times}
      {...rest}
      from={begun.from}
      onTakeTheirs={() => setBegun({ times: begun.times + 1, from: program })}
    />
  );
}
