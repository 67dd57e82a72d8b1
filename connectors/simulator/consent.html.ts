import type { Markup } from './html.js';
import { html } from './html.js';
import { layout } from './layout.js';

export interface ConsentAsked {
  /** Whose page it is and whose account it is about. */
  readonly account: string;
  readonly app: string;
  readonly scopes: readonly string[];
  /** Where the person's answer goes: this very address. */
  readonly action: string;
}

/** The page on which a vendor asks a person to let an app in. */
export function consentPage({ account, app, scopes, action }: ConsentAsked): string {
  const ways = html`<span class="quiet">${account}</span>`;
  return layout(
    'Connect app',
    ways,
    null,
    html`<p>The app <strong>${app}</strong> wants access to ${account}:</p>
      <ul>
        ${scopes.map((scope) => html`<li>${scope}</li>`)}
      </ul>
      <form method="post" action="${action}">
        <button name="answer" value="allow">Allow</button>
        <button name="answer" value="deny">Deny</button>
      </form>`,
  );
}

/** Instead of asking: why the app cannot be let in. Nobody is sent back, as the address to go to is not to be trusted. */
export function consentRefused(account: string, reason: string): string {
  const said: Markup = html`<p>${reason}</p>`;
  return layout('This app cannot be connected', html`<span class="quiet">${account}</span>`, null, said);
}
