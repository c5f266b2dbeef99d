import type { Method } from '../../reception/ports.ts';
import type { KnownCard } from './people.ts';

/** Why this certificate cannot have been used in that way, or undefined. */
export function methodFault(method: Method, { carrier, pin, portrait }: KnownCard): string | undefined {
  switch (method) {
    case 'face':
    case 'visual':
      return carrier === 'card' && portrait ? undefined : 'it has no portrait that a person could be compared with';
    case 'pin':
      return carrier === 'card' && pin ? undefined : 'it is not on a card with a PIN';
    case 'phone-pin':
      return carrier === 'android' ? undefined : 'it is not on a phone that asks for the PIN at the reader';
    case 'phone-bio':
      return carrier === 'iphone' ? undefined : 'it is not on a phone that asks its owner itself';
  }
}
