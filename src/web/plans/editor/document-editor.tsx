import { autocompletion, closeBrackets, completionKeymap, type CompletionContext } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import { placeAt } from './place.js';
import { wordsAt, type Schema, type Word } from './schema-words.js';

interface LineFault {
  readonly line: number | null;
  readonly message: string;
}

export interface DocumentEditorProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly faults: readonly LineFault[];
  /** By which it completes; null where nothing describes the document. */
  readonly schema: Schema | null;
  /** The words behind a completion. */
  readonly words: { readonly required: string; readonly usual: string };
  /** Line to go to; a new object goes there again. */
  readonly goTo: { readonly line: number } | null;
}

/** A text editor for YAML. Tab leaves it, as in any other field, so that nobody is caught in it who goes by keyboard. */
export default function DocumentEditor(props: DocumentEditorProps) {
  const { label, value, faults, goTo } = props;
  const latest = useRef(props);
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    const parent = host.current;
    if (parent === null) return undefined;
    const editor = new EditorView({ parent, state: stateFor(latest, label) });
    view.current = editor;
    return () => editor.destroy();
  }, [label]);
  useEffect(() => {
    const editor = view.current;
    if (editor === null || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);
  useEffect(() => {
    const editor = view.current;
    if (editor !== null) editor.dispatch(setDiagnostics(editor.state, diagnosticsOf(editor.state, faults)));
  }, [faults]);
  useEffect(() => {
    const editor = view.current;
    if (editor === null || goTo === null) return;
    const { from } = lineOf(editor.state, goTo.line);
    editor.dispatch({ selection: { anchor: from }, scrollIntoView: true });
    editor.focus();
  }, [goTo]);
  return <div ref={host} className="document-editor" />;
}

function stateFor(latest: { readonly current: DocumentEditorProps }, label: string): EditorState {
  return EditorState.create({
    doc: latest.current.value,
    extensions: [
      lineNumbers(),
      lintGutter(),
      history(),
      indentUnit.of('  '),
      yaml(),
      syntaxHighlighting(colours),
      closeBrackets(),
      autocompletion({ override: [(context) => completionsFor(latest.current, context)], icons: false }),
      keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', autocapitalize: 'off' }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) latest.current.onChange(update.state.doc.toString());
      }),
    ],
  });
}

function completionsFor({ schema, words }: DocumentEditorProps, context: CompletionContext) {
  if (schema === null) return null;
  const place = placeAt(context.state.sliceDoc(0, context.pos));
  const offered = wordsAt(schema, place);
  if (offered.length === 0 || (place.typed === '' && !context.explicit && place.wants === 'name')) return null;
  return {
    from: context.pos - place.typed.length,
    validFor: /^[\w.-]*$/,
    options: offered.map((word) => ({
      label: word.text,
      apply: place.wants === 'name' ? `${word.text}: ` : word.text,
      boost: word.isRequired ? 1 : 0,
      ...detailOf(word, words),
    })),
  };
}

function detailOf(word: Word, words: DocumentEditorProps['words']) {
  if (word.isRequired) return { detail: words.required };
  return word.isDefault ? { detail: words.usual } : {};
}

function diagnosticsOf(state: EditorState, faults: readonly LineFault[]): readonly Diagnostic[] {
  return faults.map(({ line, message }) => {
    const { from, to, text } = lineOf(state, line ?? 1);
    return { from: from + (text.length - text.trimStart().length), to, severity: 'error', message };
  });
}

/** The text may have become shorter since the line was named. */
function lineOf(state: EditorState, line: number) {
  return state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));
}

/** By the theme's own colours, which are those of the page in light and in dark. */
const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--editor-name)' },
  { tag: [tags.string, tags.content], color: 'var(--editor-value)' },
  { tag: [tags.number, tags.bool, tags.keyword], color: 'var(--editor-figure)' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--editor-comment)' },
]);
