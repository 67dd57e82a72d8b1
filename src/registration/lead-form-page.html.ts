/** Origins of the sites in which a page may stand in a frame; null for one that stands by itself. */
export type FrameHosts = readonly string[] | null;

/** A page of the hosted form around its body. @param body HTML */
export function htmlPage(title: string, body: string, hosts: FrameHosts = null): string {
  const framed = hosts === null ? '' : ' class="framed"';
  const script =
    hosts === null ? '' : `<script src="/embed/frame.js" data-hosts="${escapeHtml(JSON.stringify(hosts))}"></script>`;
  return `<!doctype html>
<html lang="en"${framed}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><link rel="stylesheet" href="/r/style.css"></head>
<body><main>${body}</main>${script}</body>
</html>`;
}

/** A name that others chose, kept from changing the direction of the words around it. */
export function bdi(name: string): string {
  return `<bdi>${escapeHtml(name)}</bdi>`;
}

/** A page that says one thing, such as an unknown link. */
export function messagePage(title: string, message: string, hosts: FrameHosts = null): string {
  return htmlPage(title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(message)}</p>`, hosts);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The text as it stands in HTML, in an attribute too. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
