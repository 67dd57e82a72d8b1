/**
 * The script of the hosted form. Kept as text so that the compiled service needs no files beside its code. It works for the right to
 * send the form at once, while the form is filled in. Without it the form is sent
 * all the same.
 */
export const leadFormScript = `
(() => {
  const form = document.querySelector('form[data-challenge]');
  const subtle = window.crypto && window.crypto.subtle;
  if (!form || !subtle) return;
  document.documentElement.classList.add('scripted');
  const { algorithm, challenge, salt, signature, maxnumber } = JSON.parse(form.dataset.challenge);
  const encoder = new TextEncoder();
  const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const atOnce = 500;
  const search = async () => {
    for (let first = 0; first <= maxnumber; first += atOnce) {
      const tried = Array.from({ length: atOnce }, (_, index) => subtle.digest(algorithm, encoder.encode(salt + (first + index))));
      const found = (await Promise.all(tried)).findIndex((bytes) => hex(bytes) === challenge);
      if (found >= 0) return first + found;
    }
    return null;
  };
  let isSolved = false;
  const solving = search().then((number) => {
    form.elements.altcha.value = btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
    isSolved = true;
  });
  let isWaiting = false;
  form.addEventListener('submit', (event) => {
    if (isSolved) return;
    event.preventDefault();
    if (isWaiting) return;
    isWaiting = true;
    form.querySelector('[role=status]').textContent = form.dataset.checking;
    void solving.then(() => form.requestSubmit());
  });
})();
`;
