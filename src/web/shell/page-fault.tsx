import { Fault } from '../parts/fault.js';
import { Page } from '../parts/page.js';
import { useWords } from '../words/use-words.js';

/** A page that broke, or whose file could not be fetched: the frame stays, and loading again fetches what is newest. */
export function PageFault() {
  const { say } = useWords();
  return (
    <Page title={say('fault.page')}>
      <Fault error={null} retry={() => window.location.reload()} />
    </Page>
  );
}
