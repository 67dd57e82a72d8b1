import type { CrmConnector } from '../../connectors/contract.js';

export type RecordKind = 'contact' | 'company' | 'deal';

/** Leads of a CRM that has them, as sellers treat them. */
export interface SimulatedLeads {
  convert(leadId: string): void;
  archive(leadId: string): void;
  merge(survivorId: string, leadId: string): void;
  /** Lets a rule of the customer's refuse whatever would show this partner. */
  refusePartner(partner: string): void;
  partnerOn(leadId: string): string | null;
}

/** What one vendor has and another does not. */
export type Peculiarity = 'additional-addresses' | 'leads' | 'merged-deals';

/** A live record of the simulated CRM, seen past every delay of its search. */
export interface StoredRecord {
  readonly id: string;
  readonly registrationId: string | null;
  readonly name: string | null;
  /** Our partner field on a deal. */
  readonly partner: string | null;
  readonly tiedTo: Readonly<Record<RecordKind, readonly string[]>>;
}

export interface NewContact {
  readonly email: string;
  readonly additionalEmails?: readonly string[];
}

export interface NewDeal {
  readonly name: string;
  readonly stageId: string;
  readonly amount?: string;
  readonly currency?: string;
  readonly companyId?: string;
  readonly contactId?: string;
  /** When it was written, although search knows of it only now. */
  readonly writtenAt?: Date;
}

/** How a call goes wrong, from the caller's side. */
export type Mishap =
  /** The CRM acts, then the connection is cut: whether it acted is not known. */
  | 'answer-lost'
  /** The connection is cut before the CRM acts. */
  | 'never-arrived'
  /** The CRM acts and never answers. */
  | 'hangs'
  | 'rate-limited'
  | 'server-error';

/** The controls of a simulated CRM account, in the words both vendors share. People act through it, not our connector. */
export interface SimulatedCrm {
  addContact(contact: NewContact): string;
  addCompany(company: { readonly name: string; readonly domain: string | null }): string;
  addDeal(deal: NewDeal): string;
  moveDeal(dealId: string, stageId: string): void;
  setAmount(dealId: string, amount: string): void;
  archiveDeal(dealId: string): void;
  restoreDeal(dealId: string): void;
  /** @returns the id of the deal both became */
  mergeDeals(dealId: string, otherId: string): string;
  records(kind: RecordKind): readonly StoredRecord[];
  /** Null where the CRM has none. */
  readonly leads: SimulatedLeads | null;
  /** Adds a pipeline of its own with one open, one won and one lost stage. */
  addPipeline(label: string): Readonly<Record<'open' | 'won' | 'lost', string>>;
  /** Takes our partner field away from deals, as an administrator may. */
  loseOurPartnerField(): void;
  /** How long a write stays invisible to search. */
  setSearchLag(lagMs: number): void;
  catchUpSearch(): void;
  /** Lets the write call number `index` (from 0, counted from now) go wrong. @returns whether it has come to that */
  spoilWrite(index: number, mishap: Mishap): () => boolean;
  /** Lets every call go wrong until `mend`. */
  spoilEveryCall(mishap: Mishap): void;
  mend(): void;
  /** Ends the access our app was given. */
  revokeAccess(): void;
  /** Calls the CRM refused because they came too fast. */
  refusedForRate(): number;
  /** Calls the CRM answered since the last `resetCalls`, refused ones too. */
  calls(): number;
  resetCalls(): void;
}

/** One simulated account and connectors to it, for one test. */
export interface CrmUnderTest {
  readonly crm: SimulatedCrm;
  /** A connector as a freshly started process makes one. */
  connect(options?: { readonly timeoutMs?: number }): CrmConnector;
  close(): Promise<void>;
}

export type StartCrm = () => Promise<CrmUnderTest>;
