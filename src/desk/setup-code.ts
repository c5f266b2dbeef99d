import type { Invitations } from './invitations.ts';
import type { People } from './people.ts';

/**
 * How a desk gets its first administrator: by a code that the reader itself shows.
 *
 * @returns the code that is good now, `ABCDE-FGHJK`; nothing once there is an administrator
 */
export function createSetupCode(people: Pick<People, 'all'>, invitations: Invitations): () => string | undefined {
  let code = '';
  return () => {
    if (people.all().some(({ role }) => role === 'administrator')) return undefined;
    // One may have been spent in vain: whoever joined with it could not be kept.
    if (!invitations.look(code)) code = invitations.makeLasting('administrator');
    return code;
  };
}
