/**
 * The scripts of the form in a frame, kept as text so that the compiled service needs no files beside its code. Each tells the other only
 * what the frame is high, and only to an origin it checked: the site speaks to this service alone, and the framed page to the sites
 * that the program's settings name.
 */

/** Puts the frame where its tag stands, on a site of the vendor's. */
export const embedScript = `
(() => {
  const script = document.currentScript;
  if (!script) return;
  const given = script.dataset.partnerLink || new URLSearchParams(location.search).get('partner') || '';
  const token = given.split(/[?#]/)[0].split('/').filter(Boolean).pop() || '';
  const service = new URL(script.src).origin;
  const place = (element) => script.after(element);
  const say = (words) => {
    const line = document.createElement('p');
    line.setAttribute('role', 'alert');
    line.textContent = words;
    place(line);
    console.error(words);
  };
  if (!/^[\\w-]{8,100}$/.test(token)) {
    say('The form cannot be shown: its tag names no partner link (data-partner-link), and the address of this page no partner.');
    return;
  }
  const frame = document.createElement('iframe');
  frame.title = script.dataset.title || 'Register a lead';
  frame.style.width = '100%';
  frame.style.height = '60rem';
  frame.style.border = '0';
  frame.src = new URL('embed/' + encodeURIComponent(token), script.src).href;
  let isHeard = false;
  let loads = 0;
  const waitMs = 3000;
  const greet = () => frame.contentWindow.postMessage({ introducer: 'hello' }, service);
  window.addEventListener('message', (event) => {
    if (event.origin !== service || event.source !== frame.contentWindow || !event.data) return;
    if (event.data.introducer !== 'size') return;
    // Also where it is hidden, and has no height yet.
    isHeard = true;
    const height = event.data.height;
    if (typeof height !== 'number' || !(height > 0 && height < 20000)) return;
    frame.style.height = Math.ceil(height) + 'px';
  });
  frame.addEventListener('load', () => {
    loads += 1;
    greet();
    if (loads > 1) frame.scrollIntoView({ block: 'start' });
    if (loads > 1) return;
    setTimeout(() => {
      if (isHeard) return;
      frame.remove();
      say('The form cannot be shown on ' + location.origin + '. Whoever runs the partner program adds this origin to embedOrigins of its settings.');
    }, waitMs);
  });
  place(frame);
})();
`;

/** Tells the site that shows this page how high it is. */
export const frameScript = `
(() => {
  const hosts = JSON.parse(document.currentScript.dataset.hosts);
  if (window.parent === window) return;
  let host = null;
  const tell = () => {
    if (host === null) return;
    const height = document.querySelector('main').getBoundingClientRect().height;
    window.parent.postMessage({ introducer: 'size', height }, host);
  };
  window.addEventListener('message', (event) => {
    if (event.source !== window.parent || !hosts.includes(event.origin)) return;
    if (!event.data || event.data.introducer !== 'hello') return;
    host = event.origin;
    tell();
  });
  new ResizeObserver(tell).observe(document.querySelector('main'));
})();
`;
