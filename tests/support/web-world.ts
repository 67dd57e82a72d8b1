import type { RunningService } from './running-service.js';
import { partnerProgram, type PartnerProgram, type Prospect } from './partner-program.js';

/** A small program with something to see on every page. */
export interface WebWorld {
  readonly program: PartnerProgram;
  readonly operatorKey: string;
  readonly partner: { readonly id: string; readonly key: string };
  /** In review, without a conflict. */
  readonly open: { readonly id: string; readonly company: string };
  /** In review, while another partner holds the company. */
  readonly rival: { readonly id: string };
  readonly returned: { readonly id: string };
  /** Won and credited. */
  readonly won: { readonly id: string; readonly lineId: string };
}

/** A name that is markup, script and a formula. */
export const hostileName = '=HYPERLINK("x")<img src=x onerror="window.hit=1"><script>window.hit=1</script> & Söhne';

export async function fillWebWorld(service: RunningService): Promise<WebWorld> {
  const { operator } = service;
  const program = partnerProgram(service);
  await operator.put('/api/v1/program', { publicName: 'Freight Partners', defaultCurrency: 'EUR' });
  await program.writeStandardPlan();
  const { key: operatorKey } = await operator.post<{ key: string }>('/api/v1/api-keys', { name: 'Rita of rev ops' });
  const partner = await addNamed(service, 'Northwind & Söhne');
  const second = await program.addPartner();
  const own = { id: partner.id, personalUrl: '', api: service.as(partner.key) };

  const won = await program.introduce({ partner: own, prospect: prospect('Brightwater Logistics', 'brightwater') });
  service.hubspot.person.moveDeal(won.crmDealId, 'closedwon');
  await service.settled();
  const [line] = await program.lines(won);
  if (line === undefined) throw new Error('the won deal earned nothing');

  const held = prospect('Kestrel Freight', 'kestrel-freight');
  const holder = await program.register(own, { prospect: held, amount: '48000.00', currency: 'EUR' });
  await program.approve(holder.id);
  await service.settled();
  const rival = await program.register(second, { prospect: held, amount: '50000.00', currency: 'EUR' });
  const returned = await program.register(own, { prospect: prospect('Lighthouse Ports', 'lighthouse-ports') });
  await operator.post(`/api/v1/registrations/${returned.id}/return`, { reason: 'Which of their sites do you mean?' });
  const hostile = await program.register(own, { prospect: prospect(hostileName, 'hostile-names') });
  await service.settled();
  return {
    program,
    operatorKey,
    partner,
    open: { id: hostile.id, company: hostileName },
    rival,
    returned,
    won: { id: won.registrationId, lineId: line.id },
  };
}

export function prospect(name: string, domain: string): Prospect {
  return {
    company: { name, domain: `${domain}.com` },
    contact: { firstName: 'Ida', lastName: 'Brandt', email: `ida.brandt@${domain}.com` },
  };
}

async function addNamed({ operator }: RunningService, name: string) {
  const { id } = await operator.post<{ id: string }>('/api/v1/partners', { name, email: 'team@northwind-soehne.com' });
  const { key } = await operator.post<{ key: string }>(`/api/v1/partners/${id}/api-keys`);
  return { id, key };
}
