/** What the product asks a CRM to make, and what it shows there. Part of the CRM port. */

export interface CompanyFacts {
  readonly name: string;
  /** Registrable domain, lower case, ASCII (punycode); `null` when only a free-mail address is known. */
  readonly domain: string | null;
  readonly country: string | null;
}

export interface ContactFacts {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string | null;
}

/** What the customer's settings say of a record that is made. One that is there already is left as people have it. */
export interface NewRecord {
  /** Who gets it, a user or a queue by its id in the CRM; null: whoever the CRM gives it to. */
  readonly owner: string | null;
  /** Further fields of the CRM, by their names there. */
  readonly fields: Readonly<Record<string, string>>;
  /** Save it although the CRM's own rules warn of a duplicate. */
  readonly allowDuplicates: boolean;
}

/** The outcome of making sure a record exists: its id, and whether this call made it. */
export interface EnsuredRecord {
  readonly crmId: string;
  readonly created: boolean;
}

export interface EnsureContact {
  readonly registrationId: string;
  readonly contact: ContactFacts;
  readonly record: NewRecord;
}

/**
 * A company is found by a record already tied to one of `anchorContactIds` first, then by domain, and only then created,
 * tied to `contactId` in the same call: search is late in every CRM, so that tie is what a retry finds.
 */
export interface EnsureCompany {
  readonly registrationId: string;
  readonly company: CompanyFacts;
  readonly contactId: string;
  readonly anchorContactIds: readonly string[];
  readonly record: NewRecord;
}

export interface EnsureDeal {
  readonly registrationId: string;
  readonly contactId: string;
  readonly companyId: string | null;
  readonly name: string;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly closeDate: string | null;
  readonly stamp: DealStamp;
  readonly record: NewRecord;
  /** An earlier attempt may have made it: look before writing, so that a stage the rep already moved is left alone. */
  readonly mayExist: boolean;
}

/** Ties a deal that is already in the CRM to a registration: stamps it and adds the associations. */
export interface AttachDeal {
  readonly registrationId: string;
  readonly crmDealId: string;
  readonly contactId: string;
  readonly companyId: string | null;
  readonly stamp: DealStamp;
}

/** What the sales rep sees on the deal, and on the lead before it. `null` clears the field. `commission` is a decimal string. */
export interface DealStamp {
  readonly registrationId: string | null;
  readonly partner: string | null;
  readonly status: string | null;
  readonly protectedUntil: string | null;
  readonly commission: string | null;
  readonly commissionCurrency: string | null;
  readonly commissionStatus: string | null;
}

/** What one deal or one lead is to show. */
export interface WriteBack {
  readonly crmId: string;
  readonly stamp: DealStamp;
}

/** `gone`: deleted, merged away, or a lead that sellers have converted. */
export type WriteBackResult =
  | { readonly kind: 'written'; readonly crmId: string }
  | { readonly kind: 'gone'; readonly crmId: string }
  | {
      readonly kind: 'rejected';
      readonly crmId: string;
      readonly detail: string;
      /** All else was written: a field is missing, or our user may not write it, on this record as on any other. */
      readonly lacksFields?: boolean;
    };

/** What the CRM keeps of a registration before there is a deal. */
export interface EnsureLead {
  readonly registrationId: string;
  readonly company: CompanyFacts;
  readonly contact: ContactFacts;
  readonly deal: {
    readonly name: string;
    readonly amount: string | null;
    readonly currency: string | null;
    readonly closeDate: string | null;
  };
  readonly stamp: DealStamp;
  readonly record: NewRecord;
  /** An earlier attempt may have made it, and people may have worked on it or converted it since: look before writing. */
  readonly mayExist: boolean;
}
