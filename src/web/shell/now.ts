import { useEffect, useState } from 'react';

const tickMs = 60_000;

/** The time, to the minute, so that what is due becomes overdue on a page that is left open. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}
