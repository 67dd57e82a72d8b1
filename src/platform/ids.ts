import { typeid } from 'typeid-js';

/** An opaque id that names its own kind, such as `reg_01kaqf5m8ve6rr0x5z0nyb3v6k`. */
export type PrefixedId<Prefix extends string> = `${Prefix}_${string}`;

/**
 * A new id: the prefix and a UUIDv7 in base 32 (TypeID), so ids made later sort later and rows land at an index's end.
 * @param prefix lower-case letters; `par` partner, `dec` decision, `key` API key, `pln` plan, `pvn` plan version, `ppr` plan proposal, `reg` registration, `con` contact,
 *   `lnk` personal link, `deal` deal, `rev` deal revision, `line` commission line, `jrn` journal entry, `pay` payout, `pmt` customer payment,
 *   `prb` problem,
 *   `per` person, `acc` way in of a person, `inv` invitation, `mail` mail,
 *   `lease` right to renew tokens, `lpr` link proposal, `app` application of a partner to be, `rpt` what was sent again, `dsp` dispute, `dsm` message of a dispute, `era` erasure
 */
export function newId<Prefix extends string>(prefix: Prefix): PrefixedId<Prefix> {
  return `${prefix}_${typeid(prefix).getSuffix()}`;
}
