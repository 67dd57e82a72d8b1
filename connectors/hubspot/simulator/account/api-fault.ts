/** A refusal as HubSpot words it: status and JSON envelope. Thrown by whatever notices it, turned into a reply in one place. */
export class ApiFault extends Error {
  readonly status: number;
  readonly category: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(status: number, category: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'ApiFault';
    this.status = status;
    this.category = category;
    this.details = details;
  }
}

export function validationError(message: string, details: Readonly<Record<string, unknown>> = {}): ApiFault {
  return new ApiFault(400, 'VALIDATION_ERROR', message, details);
}

export function objectNotFound(ids: readonly string[]): ApiFault {
  return new ApiFault(404, 'OBJECT_NOT_FOUND', 'resource not found', { context: { id: ids } });
}

export function conflict(message: string): ApiFault {
  return new ApiFault(409, 'CONFLICT', message);
}

/** One property value that was refused; `code` is HubSpot's, e.g. `INVALID_OPTION`. */
export interface PropertyError {
  readonly name: string;
  readonly code: string;
  readonly message: string;
}

/** The envelope for refused values: the reasons stand as a JSON array inside the message and again in `errors`. */
export function propertyValuesNotValid(errors: readonly PropertyError[], portalId: number): ApiFault {
  const reasons = errors.map(({ name, code, message }) => ({
    isValid: false,
    message,
    error: code,
    name,
    localizedErrorMessage: message,
    portalId,
  }));
  return validationError(`Property values were not valid: ${JSON.stringify(reasons)}`, {
    errors: errors.map(({ name, code, message }) => ({ message, code, context: { propertyName: [name] } })),
  });
}

/** What the account's own rules require and the request did not bring. The text is as seen in public issue reports. */
export function requiredPropertiesMissing(
  singular: string,
  verb: 'creating' | 'updating',
  names: readonly string[],
): ApiFault {
  const message = `Error ${verb} ${singular.toUpperCase()}. Some required properties were not set.`;
  return validationError(message, {
    context: { properties: names },
    errors: names.map((name) => ({
      message: `Required property "${name}" was not set`,
      code: 'REQUIRED_PROPERTY',
      context: { propertyName: [name] },
    })),
  });
}
