import type { Desk } from './desk.ts';
import type { Person } from './people.ts';
import type { DeskView } from './protocol.ts';

/** A busy morning: what is older is found in the records. */
const RECEPTIONS_SHOWN = 50;

export function viewFor({ readerId, source, people }: Desk, { id, name, role }: Person): DeskView {
  const receptions = source.receptions(RECEPTIONS_SHOWN);
  const approvers = new Set(receptions.map(({ approver }) => approver));
  return {
    readerId,
    you: { id, name, role },
    now: source.now(),
    receptions,
    pending: source.pending(),
    health: source.health(),
    settings: source.settings(),
    names: Object.fromEntries(
      people
        .all()
        .filter((person) => approvers.has(person.id))
        .map((person) => [person.id, person.name]),
    ),
  };
}
