/** A person a record can be assigned to. `id` goes into `hubspot_owner_id`; `userId` does not. */
export interface Owner {
  readonly id: string;
  readonly userId: number;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly archived: boolean;
}

export const defaultOwners: readonly Owner[] = [
  { id: '71001', userId: 5001, email: 'rosa.rep@example.com', firstName: 'Rosa', lastName: 'Rep', archived: false },
  { id: '71002', userId: 5002, email: 'owen.owner@example.com', firstName: 'Owen', lastName: 'Owner', archived: false },
  { id: '71003', userId: 5003, email: 'former@example.com', firstName: 'Fay', lastName: 'Former', archived: true },
];
