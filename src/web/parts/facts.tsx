import type { ReactNode } from 'react';

/** Names and what they stand for; what is not known is left out. */
export function Facts({ facts }: { readonly facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  const known = facts.filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false);
  return (
    <dl className="facts">
      {/* Two questions may read the same. */}
      {known.map(([name, value], index) => [<dt key={`${index}:`}>{name}</dt>, <dd key={index}>{value}</dd>])}
    </dl>
  );
}
