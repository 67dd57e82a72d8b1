/** Style of the hosted form. Kept as text so that the compiled service needs no files beside its code. */
export const leadFormCss = `
:root { color-scheme: light; --ink: #1c2430; --soft: #5b6675; --line: #c9d1db; --accent: #0b5fff; --wrong: #b3261e; }
* { box-sizing: border-box; }
body { margin: 0; background: #f4f6f9; color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 40rem; margin: 2rem auto; padding: 2rem; background: #fff; border: 1px solid var(--line); border-radius: 8px; }
.languages { float: right; font-size: .9rem; }
h1 { margin-top: 0; font-size: 1.6rem; }
h2 { font-size: 1.1rem; }
fieldset { margin: 0 0 1.5rem; padding: 0; border: 0; }
legend { padding: 0; margin-bottom: .5rem; font-weight: 600; font-size: 1.1rem; }
.field { margin-bottom: 1rem; }
label { display: block; font-weight: 500; }
input, textarea, select { width: 100%; padding: .5rem .6rem; font: inherit; color: inherit; border: 1px solid #7b8794; border-radius: 4px; background: #fff; }
input[type=checkbox] { width: auto; }
input:focus, textarea:focus, select:focus, button:focus, a:focus { outline: 3px solid var(--accent); outline-offset: 1px; }
[aria-invalid=true] { border-color: var(--wrong); border-width: 2px; }
fieldset .field legend { font-weight: 500; font-size: 1rem; margin-bottom: .25rem; }
.box { font-weight: 400; padding: .15rem 0; }
.parts { display: grid; grid-template-columns: 2fr 1fr; gap: 0 1rem; align-items: end; }
.wait { min-height: 1.5em; color: var(--soft); }
.scripted .unscripted { display: none; }
.hint { margin: 0 0 .25rem; color: var(--soft); font-size: .9rem; }
.error { margin: 0 0 .25rem; color: var(--wrong); font-weight: 600; font-size: .95rem; }
.summary { padding: .75rem 1rem; margin-bottom: 1.5rem; border: 2px solid var(--wrong); border-radius: 4px; }
.summary h2 { margin: 0 0 .25rem; }
button { padding: .65rem 1.25rem; font: inherit; font-weight: 600; color: #fff; background: var(--accent); border: 0; border-radius: 4px; cursor: pointer; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
pre { padding: .75rem; overflow-wrap: anywhere; white-space: pre-wrap; background: #f4f6f9; border-radius: 4px; font-size: .85rem; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
html.framed body { background: none; }
html.framed main { margin: 0; max-width: none; border: 0; border-radius: 0; padding: 1.25rem; }
@media (max-width: 44rem) { main { margin: 0; border: 0; border-radius: 0; padding: 1.25rem; } dl { grid-template-columns: 1fr; } }
`;
