import { lazy, Suspense } from 'react';
import { Outline } from '../../parts/page.js';
import { useWords } from '../../words/use-words.js';
import type { DocumentEditorProps } from './document-editor.js';

const DocumentEditor = lazy(() => import('./document-editor.js'));

/** The editor, whose scripts are fetched when somebody writes. */
export function LazyEditor(props: Omit<DocumentEditorProps, 'words'>) {
  const { say } = useWords();
  return (
    <Suspense fallback={<Outline lines={12} />}>
      <DocumentEditor {...props} words={{ required: say('planEdit.required'), usual: say('planEdit.usual') }} />
    </Suspense>
  );
}
