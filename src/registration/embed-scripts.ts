import { formLanguages, formText } from './form-words.js';

/**
 * The scripts of the form in a frame, kept as text so that the compiled service needs no files beside its code. Each tells the other only
 * what the frame is high, and only to an origin it checked: the site speaks to this service alone, and the framed page to the sites
 * that the program's settings name.
 */

const words = Object.fromEntries(
  formLanguages.map((language) => [
    language,
    {
      title: formText(language, 'form.title'),
      unnamed: formText(language, 'embed.unnamed'),
      unlisted: formText(language, 'embed.unlisted'),
    },
  ]),
);

/** Puts the frame where its tag stands, on a site of the vendor's. */
export const embedScript = `
(() => {
  const script = document.currentScript;
  if (!script) return;
  const given = script.dataset.partnerLink || new URLSearchParams(location.search).get('partner') || '';
  const token = given.split(/[?#]/)[0].split('/').filter(Boolean).pop() || '';
  const service = new URL(script.src).origin;
  const words = ${JSON.stringify(words)};
  const known = (tag) => words[String(tag).slice(0, 2).toLowerCase()] && String(tag).slice(0, 2).toLowerCase();
  const asked = known(script.dataset.lang);
  const texts = words[asked || known(navigator.language) || 'en'];
  const place = (element) => script.after(element);
  const say = (words) => {
    const line = document.createElement('p');
    line.setAttribute('role', 'alert');
    line.textContent = words;
    place(line);
    console.error(words);
  };
  if (!/^[\\w-]{8,100}$/.test(token)) {
    say(texts.unnamed);
    return;
  }
  const frame = document.createElement('iframe');
  frame.title = script.dataset.title || texts.title;
  frame.style.width = '100%';
  frame.style.height = '60rem';
  frame.style.border = '0';
  frame.src = new URL('embed/' + encodeURIComponent(token) + (asked ? '?lang=' + asked : ''), script.src).href;
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
      say(texts.unlisted.replace('{origin}', location.origin));
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
