import { bdi, htmlPage } from './lead-form-page.html.js';

/** Asks for the one press of a button that makes a registration of a form that was sent. */
export function confirmPage(page: { readonly programName: string; readonly partnerName: string }): string {
  return htmlPage(
    `Confirm – ${page.programName}`,
    `<h1>Confirm your registration</h1>
    <p>You sent a form of ${bdi(page.programName)} in the name of <strong>${bdi(page.partnerName)}</strong>.</p>
    <p>It counts from the moment you confirm it. If you sent no form, close this page: nothing is registered, and what was typed is forgotten.</p>
    <form method="post"><button type="submit">Confirm</button></form>`,
  );
}
