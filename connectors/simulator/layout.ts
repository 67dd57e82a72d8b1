import type { Markup } from './html.js';
import { html } from './html.js';

const style: Markup = {
  markup: `
  :root { color-scheme: light dark; --line: #8884; --soft: #8881; --accent: #d5482b; }
  * { box-sizing: border-box; }
  body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 1320px; padding: 1rem 1.25rem 3rem; }
  header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: baseline; border-bottom: 2px solid var(--accent); padding-bottom: .5rem; }
  h1 { font-size: 1.3rem; margin: 0; } h2 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
  .wide { overflow-x: auto; }
  table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
  th { font-weight: 600; } th[scope=col] { white-space: nowrap; } td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
  form { display: inline-flex; flex-wrap: wrap; gap: .4rem; align-items: end; margin: 0 1rem .5rem 0; } td form { margin: .3rem 0 0; flex-wrap: nowrap; display: flex; }
  label { display: inline-flex; flex-direction: column; font-size: .85rem; gap: .1rem; }
  input, select, button { font: inherit; padding: .25rem .5rem; border: 1px solid var(--line); border-radius: 4px; max-width: 14rem; }
  button { background: var(--soft); cursor: pointer; } :focus-visible { outline: 3px solid var(--accent); outline-offset: 1px; }
  .tag { border-radius: 999px; padding: .05rem .55rem; background: var(--soft); white-space: nowrap; font-size: .85rem; }
  .won { background: #2a925033; } .lost { background: #c0392b33; } .quiet { opacity: .7; font-size: .85rem; font-weight: 400; }
  .note { border-left: 4px solid var(--accent); background: var(--soft); padding: .5rem .8rem; } .hidden { position: absolute; left: -9999px; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0; } dt { opacity: .75; } dd { margin: 0; overflow-wrap: anywhere; }
`,
};

/**
 * A page of a simulator, in its own style and without scripts.
 *
 * @param ways where else one can go, and whose pages these are. @param note what the last act came to
 */
export function layout(title: string, ways: Markup, note: string | null, content: Markup): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          ${ways}
        </header>
        <main>${note === null ? null : html`<p class="note" role="status">${note}</p>`} ${content}</main>
      </body>
    </html> `.markup;
}
