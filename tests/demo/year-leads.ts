type Act = 'approve' | 'reject' | 'return' | 'withdraw' | 'propose' | 'win' | 'lose' | 'reopen' | 'dispute';

/** A lead that a partner registers, and what becomes of it; times in percent of the year. */
export interface Lead {
  /** Which of the partners. */
  readonly partner: number;
  readonly company: string;
  readonly contact: readonly [firstName: string, lastName: string];
  readonly amount: string;
  readonly at: number;
  readonly then: readonly { readonly at: number; readonly what: Act }[];
}

export const partners = [
  { name: 'Alder & Partners', email: 'team@alder-partners.com', type: 'referral', tier: 'gold' },
  { name: 'Birchwood Consulting', email: 'deals@birchwood-consulting.com', type: 'services' },
  { name: 'Copper Lane Systems', email: 'partners@copperlane.com', type: 'reseller', tier: 'gold' },
  { name: 'Driftwood Digital', email: 'hello@driftwood-digital.com', type: 'affiliate' },
  { name: 'Elm Street Advisors', email: 'office@elmstreet-advisors.com', type: 'referral' },
];

const won = (approved: number, at: number): Lead['then'] => [
  { at: approved, what: 'approve' },
  { at: (approved + at) / 2, what: 'propose' },
  { at, what: 'win' },
];
const lost = (approved: number, at: number): Lead['then'] => [
  { at: approved, what: 'approve' },
  { at, what: 'lose' },
];
const open = (approved: number): Lead['then'] => [
  { at: approved, what: 'approve' },
  { at: approved + 0.5, what: 'propose' },
];

const lead = (
  partner: number,
  company: string,
  contact: Lead['contact'],
  amount: string,
  at: number,
  then: Lead['then'],
): Lead => ({ partner, company, contact, amount, at, then });

export const leads: readonly Lead[] = [
  lead(0, 'Amber Shipping', ['Nora', 'Lind'], '24000.00', 1, won(1.5, 9)),
  lead(1, 'Basalt Foods', ['Milan', 'Novak'], '8200.00', 3, lost(4, 12)),
  lead(2, 'Cobalt Rail', ['Greta', 'Olsen'], '64000.00', 5, won(5.4, 17)),
  lead(0, 'Delta Warehousing', ['Omar', 'Haddad'], '15500.00', 8, won(8.6, 20)),
  lead(3, 'Ember Studios', ['Lucia', 'Romano'], '3900.00', 11, [{ at: 12, what: 'reject' }]),
  lead(4, 'Fjord Analytics', ['Sven', 'Berg'], '12750.50', 14, won(14.5, 27)),
  lead(1, 'Granite Pumps', ['Aisha', 'Khan'], '31000.00', 18, [
    { at: 18.6, what: 'approve' },
    { at: 29, what: 'win' },
    { at: 33, what: 'reopen' },
    { at: 41, what: 'lose' },
  ]),
  lead(2, 'Heron Airways', ['Paul', 'Martin'], '47000.00', 22, won(22.3, 36)),
  lead(3, 'Indigo Press', ['Clara', 'Weiss'], '5400.00', 26, [{ at: 30, what: 'withdraw' }]),
  lead(0, 'Juniper Labs', ['Kofi', 'Mensah'], '18900.00', 30, won(30.7, 44)),
  // Approved, and let be until its protection ended.
  lead(4, 'Kelp Energy', ['Ines', 'Duarte'], '9900.00', 34, [{ at: 34.8, what: 'approve' }]),
  lead(1, 'Lagoon Hotels', ['Tomas', 'Vesely'], '22300.00', 39, won(39.4, 52)),
  lead(2, 'Marble Clinics', ['Elena', 'Petrova'], '38800.00', 43, lost(43.5, 57)),
  lead(0, 'Nimbus Couriers', ['David', 'Cohen'], '27450.00', 48, won(48.4, 61)),
  lead(4, 'Ochre Textiles', ['Fatima', 'Zahra'], '7600.00', 53, won(53.9, 66)),
  lead(3, 'Pebble Games', ['Leo', 'Dubois'], '4100.00', 58, won(58.3, 70)),
  lead(1, 'Quarry Tools', ['Hanna', 'Meyer'], '16800.00', 62, lost(62.6, 74)),
  lead(2, 'Rowan Insurance', ['Jack', 'Byrne'], '52000.00', 66, won(66.2, 79)),
  lead(0, 'Sable Optics', ['Mei', 'Tanaka'], '33500.00', 71, [...won(71.4, 84), { at: 99.4, what: 'dispute' }]),
  lead(4, 'Topaz Logistics', ['Anton', 'Kozlov'], '11200.00', 76, won(76.8, 88)),
  lead(1, 'Umber Coffee', ['Sara', 'Nilsson'], '6900.00', 81, won(81.3, 92)),
  lead(2, 'Velvet Airlines', ['Marco', 'Bianchi'], '58000.00', 86, open(86.4)),
  lead(0, 'Willow Health', ['Priya', 'Shah'], '29000.00', 90, open(90.2)),
  lead(3, 'Xenon Lighting', ['Yann', 'Legoff'], '4800.00', 93, open(93.6)),
  // Another partner knows the same company: it waits behind the first.
  lead(4, 'Willow Health', ['Priya', 'Shah'], '30000.00', 95, [{ at: 95.5, what: 'approve' }]),
  lead(1, 'Yarrow Schools', ['Ruth', 'Adler'], '13700.00', 96.5, [{ at: 97, what: 'return' }]),
  lead(0, 'Zephyr Wind', ['Emil', 'Larsen'], '41500.00', 98, []),
  lead(2, 'Acorn Bank', ['Julia', 'Santos'], '76000.00', 99, []),
  lead(3, 'Bramble Retail', ['Noah', 'Fischer'], '5200.00', 99.6, []),
];
