/** The External Client App this org knows. */
export interface ClientApp {
  readonly clientId: string;
  /** Can be exchanged while running. */
  secret: string;
}
