/** One refusal of the org, as it stands in an error body: code, words, and the fields it is about. */
export class OrgFault extends Error {
  readonly status: number;
  readonly errorCode: string;
  readonly fields: readonly string[];
  /** Further keys of the error object, e.g. what a duplicate rule found. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    errorCode: string,
    message: string,
    fields: readonly string[] = [],
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'OrgFault';
    this.status = status;
    this.errorCode = errorCode;
    this.fields = fields;
    this.details = details;
  }
}

export function notFound(): OrgFault {
  return new OrgFault(404, 'NOT_FOUND', 'The requested resource does not exist');
}

export function isDeleted(): OrgFault {
  return new OrgFault(404, 'ENTITY_IS_DELETED', 'entity is deleted');
}

export function malformedId(text: string): OrgFault {
  return new OrgFault(400, 'MALFORMED_ID', `malformed id ${text}`);
}

export function invalidType(name: string): OrgFault {
  return new OrgFault(400, 'INVALID_TYPE', `sObject type '${name}' is not supported.`);
}

export function noSuchField(name: string, entity: string): OrgFault {
  return new OrgFault(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${entity}`);
}

export function rowLocked(id: string): OrgFault {
  return new OrgFault(
    400,
    'UNABLE_TO_LOCK_ROW',
    `unable to obtain exclusive access to this record or 1 records: ${id}`,
  );
}
