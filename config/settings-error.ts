/** What is wrong with one environment variable. Holds a value only where it cannot be a secret. */
export interface SettingFault {
  readonly variable: string;
  /** What was found, such as `is "eighty"` or `is missing`. */
  readonly fault: string;
  readonly expected: string;
}

/** The environment does not make a configuration. The message has a line for each fault, so that all are mended in one go. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly faults: readonly SettingFault[];

  constructor(faults: readonly SettingFault[]) {
    const lines = faults.map(({ variable, fault, expected }) => `  ${variable} ${fault}; expected ${expected}`);
    super(`The environment is not valid:\n${lines.join('\n')}`);
    this.faults = faults;
  }
}

/** A rule between variables: `variable` is at fault when `broken` says so. */
export interface CrossRule<Given> {
  readonly variable: keyof Given & string;
  readonly fault: string;
  readonly expected: string;
  readonly broken: (given: Given) => boolean;
}
