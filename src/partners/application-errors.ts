import { DomainError } from '../platform/domain-error.js';

export class ApplicationNotFound extends DomainError {
  constructor(id: string) {
    super({ kind: 'not-found', code: 'application-not-found', message: `There is no application ${id}.` });
  }
}

/** Somebody else was faster. */
export class ApplicationDecided extends DomainError {
  constructor(decision: { readonly status: string; readonly by: string; readonly at: Date }) {
    const { status, by, at } = decision;
    const message = `${by} ${status} this application already, at ${at.toISOString()}. Nothing was changed.`;
    super({ kind: 'conflict', code: 'application-decided', message });
  }
}

/** One company is one partner. */
export class CompanyIsPartner extends DomainError {
  constructor(partnerId: string) {
    const message = `This company is a partner already (${partnerId}). Invite the contact there instead, and say so when you reject.`;
    super({ kind: 'conflict', code: 'company-is-partner', message });
  }
}

/** The program takes no new partners. */
export class ApplicationsClosed extends DomainError {
  constructor() {
    const message = 'This program takes no applications at present.';
    super({ kind: 'conflict', code: 'applications-closed', message });
  }
}

/** More than people could look at come in: most of them from a program. */
export class ApplicationsLimited extends DomainError {
  constructor() {
    const message = 'Many applications come in just now. Try again in an hour; what you typed stays on this page.';
    super({ kind: 'too-many', code: 'applications-limited', message, retryAfterSeconds: 3600 });
  }
}
