import { partnerProgram, type PartnerProgram } from '../support/partner-program.js';
import { startRunningService, type RunningService } from '../support/running-service.js';

interface Listed {
  readonly items: readonly {
    readonly id: string;
    readonly company: { readonly name: string };
    readonly decideBy: string | null;
  }[];
  readonly nextCursor: string | null;
}

describe('the list of registrations', () => {
  let service: RunningService;
  let program: PartnerProgram;
  let partner: Awaited<ReturnType<PartnerProgram['addPartner']>>;

  beforeAll(async () => {
    service = await startRunningService({ until: 'listening' });
    program = partnerProgram(service);
    partner = await program.addPartner();
    for (const name of ['Alder 100%', 'Birch_wood', 'Cedar GmbH']) {
      const domain = `${name.slice(0, 5).toLowerCase()}-trees.com`;
      const contact = { firstName: 'Ann', lastName: 'Ash', email: `ann@${domain}` };
      await program.register(partner, { prospect: { company: { name, domain }, contact } });
    }
  });
  afterAll(() => service.close());

  const list = (query: string) => service.operator.get<Listed>(`/api/v1/registrations?${query}`);
  const names = ({ items }: Listed) => items.map(({ company }) => company.name);

  it('begins with the newest, or with what has waited longest, page by page', async () => {
    expect(names(await list(''))).toEqual(['Cedar GmbH', 'Birch_wood', 'Alder 100%']);
    const first = await list('order=oldest&limit=2');
    expect(names(first)).toEqual(['Alder 100%', 'Birch_wood']);
    expect(names(await list(`order=oldest&limit=2&cursor=${first.nextCursor ?? ''}`))).toEqual(['Cedar GmbH']);
  });

  it.each([
    ['cedar gmbh', ['Cedar GmbH']],
    ['TREES.com', ['Cedar GmbH', 'Birch_wood', 'Alder 100%']],
    ['0%', ['Alder 100%']],
    ['h_w', ['Birch_wood']],
    ['%', ['Alder 100%']],
    ['\\', []],
    ['oak', []],
  ])('finds %j in names and domains as it is typed', async (search, found) => {
    expect(names(await list(`search=${encodeURIComponent(search)}`))).toEqual(found);
  });

  it('says by when a registration should be decided, until it is', async () => {
    const [newest] = (await list('limit=1')).items;
    expect(newest?.decideBy).toMatch(/^\d{4}-\d\d-\d\d$/);
    await service.operator.post(`/api/v1/registrations/${newest?.id ?? ''}/reject`, { reason: 'No.' });
    expect((await list('limit=1')).items[0]?.decideBy).toBeNull();
  });
});
