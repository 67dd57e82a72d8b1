import type { Registration } from '../api/shapes.js';
import { daysUntil } from '../format/moments.js';
import { useNow } from '../shell/now.js';
import { useFormat, useMe } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

type Known = Pick<Registration, 'status' | 'decideBy' | 'protectedUntil' | 'stage' | 'reason' | 'question'>;

/** What happens next with a registration, by when, and whose turn it is. */
export function useNextStep(): (registration: Known) => string {
  const { say } = useWords();
  const format = useFormat();
  const { timeZone } = useMe();
  const now = useNow();
  return ({ status, decideBy, protectedUntil, stage, reason, question }) => {
    switch (status) {
      case 'submitted':
      case 'in_review':
        return decideBy === null ? say('next.review') : say('next.reviewBy', { day: format.day(decideBy) });
      case 'returned':
        return question === null ? say('next.returned') : say('next.returnedWith', { question });
      case 'waiting':
        return say('next.waiting');
      case 'approved': {
        const days = protectedUntil === null ? 0 : daysUntil(timeZone, now, protectedUntil);
        const until = protectedUntil === null ? '' : format.day(protectedUntil);
        const protection = say('next.protected', { day: until, left: format.inDays(days) });
        return stage === null ? protection : `${say('next.stage', { stage })} ${protection}`;
      }
      case 'won':
        return say('next.won');
      case 'lost':
        return say('next.lost');
      case 'rejected':
        return reason === null ? say('next.rejected') : say('next.rejectedWith', { reason });
      case 'withdrawn':
        return say('next.withdrawn');
      case 'expired':
        return say('next.expired');
      default:
        return '';
    }
  };
}
