/** What is certified of an erasure: it names nobody, and whoever has the address can ask whether it is theirs. */
export type CertificateStatement = {
  readonly erasureId: string;
  readonly erasedAt: string;
  /** `request`: a person asked. `crm`: the CRM told of a deletion for privacy. */
  readonly cause: 'request' | 'crm';
  /** Id of the operator or key that ran it; null for the service itself. */
  readonly requestedBy: string | null;
  /** Keyed hash of the address. */
  readonly contactKey: string;
  /** Rows changed or removed, by table. */
  readonly erased: Readonly<Record<string, number>>;
};

/** The statement with its Ed25519 signature, in the form of a receipt, so that it is verified in the same ways. */
export type SignedCertificate = CertificateStatement & {
  readonly keyId: string;
  readonly algorithm: 'Ed25519';
  readonly signature: string;
};
