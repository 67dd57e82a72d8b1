import type { SimulatorClock } from '../../../simulator/clock.js';
import type { SimulatorSettings } from '../settings.js';
import type { AssociationBook } from './association-book.js';
import { createAssociationBook } from './association-book.js';
import type { AssociationTypes } from './association-types.js';
import { createAssociationTypes } from './association-types.js';
import type { ChangeFeed } from './change-feed.js';
import { createChangeFeed } from './change-feed.js';
import { deals } from './object-type.js';
import type { Owner } from './owner.js';
import type { PipelineCatalogue } from './pipeline-catalogue.js';
import { createPipelineCatalogue } from './pipeline-catalogue.js';
import type { PropertyCatalogue } from './property-catalogue.js';
import { createPropertyCatalogue } from './property-catalogue.js';
import type { RecordStore } from './record-store.js';
import { createRecordStore } from './record-store.js';
import type { SearchIndex } from './search-index.js';
import { createSearchIndex } from './search-index.js';

/** A rule an administrator set: these properties must have a value, always or once a deal's stage has this outcome. */
export interface RequiredProperties {
  readonly objectType: string;
  readonly properties: readonly string[];
  readonly whenStage?: 'open' | 'won' | 'lost' | undefined;
}

/** One HubSpot account (portal) with everything in it. */
export interface Account {
  readonly portalId: number;
  readonly appId: number;
  readonly timeZone: string;
  readonly homeCurrency: string;
  /** Currency code → rate into the company currency; only these may stand on a deal. */
  readonly currencies: Readonly<Record<string, string>>;
  readonly settings: SimulatorSettings;
  readonly owners: readonly Owner[];
  readonly properties: PropertyCatalogue;
  readonly pipelines: PipelineCatalogue;
  readonly records: RecordStore;
  readonly associationTypes: AssociationTypes;
  readonly associations: AssociationBook;
  readonly search: SearchIndex;
  readonly changes: ChangeFeed;
  readonly required: RequiredProperties[];
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export type AccountFacts = Pick<
  Account,
  'portalId' | 'appId' | 'timeZone' | 'homeCurrency' | 'currencies' | 'settings' | 'owners'
> & { readonly clock: SimulatorClock };

/** An account as it is on its first day: standard properties, one sales pipeline, no records. */
export function createAccount({ clock, ...facts }: AccountFacts): Account {
  const now = (): number => clock.now().getTime();
  const properties = createPropertyCatalogue(now());
  const search = createSearchIndex({ now, lagMs: () => facts.settings.searchLagMs });
  const associationTypes = createAssociationTypes();
  return {
    ...facts,
    now,
    properties,
    search,
    associationTypes,
    pipelines: createPipelineCatalogue(now(), (stageId) => properties.addStageTiming(deals, stageId, now())),
    records: createRecordStore({
      uniqueNames: (type) => properties.uniqueNames(type),
      onPut: (type, id, record) => search.note(type, id, record),
    }),
    associations: createAssociationBook(associationTypes),
    changes: createChangeFeed(),
    required: [],
  };
}
