import { DomainError } from '../platform/domain-error.js';

/** Protection would end after the last day that can be written and put into the diary, 9999-12-31. */
export class ProtectionTooLong extends DomainError {
  constructor(from: string, days: number) {
    const message = `Protection that ends ${days} days after ${from} would not end before the year 10000.`;
    super({
      kind: 'invalid',
      code: 'protection-too-long',
      message,
      errors: [
        {
          field: 'days',
          value: String(days),
          expected: 'so few days that protection ends by 9999-12-30',
          message,
        },
      ],
    });
  }
}
