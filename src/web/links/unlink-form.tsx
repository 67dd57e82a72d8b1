import { useState } from 'react';
import { ReasonForm } from '../parts/reason-form.js';
import { useWords } from '../words/use-words.js';

interface UnlinkProps {
  readonly id: string;
  /** As it was seen when the form was opened. */
  readonly dealId: string;
  readonly onDone: () => void;
}

/** Why a registration is taken off its deal. */
export function UnlinkForm({ id, dealId, onDone }: UnlinkProps) {
  const { say } = useWords();
  const [insteadOf] = useState(dealId);
  return (
    <ReasonForm
      path={`/api/v1/registrations/${encodeURIComponent(id)}/unlink`}
      body={{ insteadOf }}
      hint={say('links.unlinkHint')}
      label={say('field.reason')}
      end={say('links.unlink')}
      onEnded={onDone}
      onCancel={onDone}
    />
  );
}
