import type { Disconnected } from '../api/shapes.js';
import { ReasonForm } from '../parts/reason-form.js';
import { useWords } from '../words/use-words.js';

interface DisconnectFormProps {
  readonly path: string;
  readonly onEnded: (outcome: Disconnected) => void;
  readonly onCancel: () => void;
}

/** Says what ending a connection means, and asks why it is ended. */
export function DisconnectForm({ path, onEnded, onCancel }: DisconnectFormProps) {
  const { say } = useWords();
  return (
    <ReasonForm<Disconnected>
      path={path}
      hint={say('connections.disconnectHint')}
      label={say('connections.reason')}
      end={say('connections.disconnect')}
      onEnded={onEnded}
      onCancel={onCancel}
    />
  );
}
