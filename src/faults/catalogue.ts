/**
 * Every fault that a reception can end in or pause at, by the code that support can search for.
 * The words for patient and staff stand in `texts/`, by the same code: a missing one does not compile.
 *
 * `light`: what the front panel shows. Red is never among them for a patient's difficulty; `attention` is for
 * staff and means the device or a service needs them.
 * `offers`: what the screen offers next, in this order, where the card and its state allow it.
 */
export type Light = 'ready' | 'busy' | 'your-turn' | 'success' | 'help' | 'attention';
export type Offer = 'face' | 'pin' | 'type-code' | 'visual' | 'staff' | 'place-again' | 'take-card';

type Entry = { readonly light: Light; readonly offers: readonly Offer[] };

const placeAgain: Entry = { light: 'help', offers: ['place-again', 'staff'] };
const otherWay: Entry = { light: 'help', offers: ['face', 'pin', 'visual', 'staff'] };
const askStaff: Entry = { light: 'help', offers: ['staff', 'take-card'] };
const service: Entry = { light: 'attention', offers: ['staff', 'take-card'] };

export const catalogue = {
  /** The card left during a reception. */
  'CARD-101': placeAgain,
  /** Something lies there, but no chip answers (a case, dust, a dead card). */
  'CARD-102': placeAgain,
  /** A chip answers, but none of its applications is a My Number card's. */
  'CARD-103': placeAgain,
  /** The card gave an answer that its specification does not allow. */
  'CARD-104': placeAgain,
  /** The card holds no user-authentication certificate. */
  'CARD-105': askStaff,
  /** The card-face file is not signed as it must be: neither picture nor attribute is believed. */
  'CARD-106': { light: 'help', offers: ['pin', 'visual', 'staff'] },
  /** The card refused 照合番号B. */
  'CARD-107': { light: 'help', offers: ['pin', 'type-code', 'visual', 'staff'] },
  /** 照合番号B could not be had from the printed front, or what was typed cannot be one. */
  'CARD-108': { light: 'help', offers: ['pin', 'type-code', 'visual', 'staff'] },
  /** The card did not accept the institution's terminal authentication. */
  'CARD-109': { light: 'help', offers: ['pin', 'staff'] },
  /** The card did not sign. */
  'CARD-110': placeAgain,
  /** 照合番号B may not be presented again: refused twice in this reception, or the card has too few tries left. */
  'CARD-111': { light: 'help', offers: ['pin', 'visual', 'staff'] },
  /** For the third time in a row no card could be read: what was tried twice is not asked for again. */
  'CARD-112': askStaff,
  /** The card module does not answer. */
  'MOD-201': { light: 'attention', offers: ['staff'] },
  /** The line to the card module is gone (cable, device node, other opener). */
  'MOD-202': { light: 'attention', offers: ['staff'] },
  /** The module answers, but not in its own protocol, also after resynchronising. */
  'MOD-203': { light: 'attention', offers: ['staff'] },
  /** The front panel is not there or does not answer: no lights, sounds or pad. No reception ends with it. */
  'PANEL-251': service,
  /** Something else than the front panel's program answers on its line. */
  'PANEL-252': service,
  /** Wrong PIN; the tries left are shown with it. */
  'PIN-301': otherWay,
  /** The PIN is locked; a municipal office unlocks it. Care by face or by staff remains possible. */
  'PIN-302': { light: 'help', offers: ['face', 'visual', 'staff'] },
  /** The line failed around VERIFY, so it is unknown whether the entry counted; it is not sent again. */
  'PIN-303': placeAgain,
  /** The face at the counter does not match the card's portrait. */
  'FACE-401': otherWay,
  /** No usable face was seen in time. */
  'FACE-402': otherWay,
  /** The face models are missing or not the ones expected: face is off, PIN and staff remain. */
  'FACE-403': { light: 'attention', offers: ['pin', 'visual', 'staff'] },
  /** The portrait on the card cannot be decoded, or shows no face that can be compared. */
  'FACE-404': { light: 'help', offers: ['pin', 'visual', 'staff'] },
  /** No camera, or it stopped. */
  'FACE-405': { light: 'attention', offers: ['pin', 'visual', 'staff'] },
  /** The face worker failed. */
  'FACE-406': { light: 'attention', offers: ['pin', 'visual', 'staff'] },
  /** The turn of the head that was asked for was not seen. */
  'FACE-407': otherWay,
  /** The eligibility gateway cannot be reached. */
  'GATE-501': service,
  /** The gateway did not answer within its bound. */
  'GATE-502': service,
  /** The gateway's answer is not what the protocol allows. */
  'GATE-503': service,
  /** The gateway refuses this reader (device certificate, not the patient). */
  'GATE-504': service,
  /** The user-authentication certificate has expired. */
  'GATE-505': askStaff,
  /** The user-authentication certificate is revoked. */
  'GATE-506': askStaff,
  /** The gateway does not accept the proof of identity (chain, signature or challenge). */
  'GATE-507': askStaff,
  /** The card is not registered for use as an insurance card. */
  'GATE-508': askStaff,
  /** The service of the certificates is under maintenance: first registration, or first use after a renewal, must wait. */
  'GATE-509': askStaff,
  /** A phone cannot be used for this: the first registration, or the months after the certificate's end, need the card. */
  'GATE-510': askStaff,
  /** The card itself has expired. */
  'GATE-511': askStaff,
  /** No eligibility was found for this person. */
  'ELIG-601': askStaff,
  /** The eligibility found is no longer valid. */
  'ELIG-602': askStaff,
  /** The eligibility found is no longer valid, and a newer one is known. */
  'ELIG-605': askStaff,
  /** Several eligibilities were found; staff choose. */
  'ELIG-603': askStaff,
  /** The eligibility service answered that it could not process the query. */
  'ELIG-604': askStaff,
  /** The reception could not be recorded: so it did not succeed. */
  'REC-701': service,
  /** The clinic's folder cannot be written: results wait, and follow in order. No reception ends with it. */
  'REC-702': service,
  /** The facility password was wrong too often: 目視確認 at the reader waits, the desk can still approve. */
  'STAFF-851': { light: 'help', offers: ['face', 'pin', 'visual', 'staff', 'take-card'] },
  /** No facility password has been set. */
  'STAFF-852': { light: 'help', offers: ['face', 'pin', 'visual', 'staff', 'take-card'] },
  /** The facility password could not be checked. */
  'STAFF-853': { light: 'attention', offers: ['face', 'pin', 'visual', 'staff', 'take-card'] },
  /** 目視確認 was approved for a reception that is over, or needs none. */
  'STAFF-854': { light: 'help', offers: ['staff'] },
  /** Nobody touched the screen within the time given. */
  'TIME-801': { light: 'help', offers: ['place-again', 'staff'] },
  /** The patient chose to stop. */
  'TIME-802': { light: 'help', offers: ['take-card'] },
  /** A defect of this program; the reception was ended safely. */
  'SYS-901': service,
  /** The kiosk page was lost in the middle of a reception; it comes back by itself. */
  'SYS-903': { light: 'attention', offers: ['place-again', 'staff'] },
  /** The reader is being updated: no reception begins. */
  'SYS-904': { light: 'busy', offers: ['staff'] },
  /** The reader tests itself, or a technician is at it: no reception begins. */
  'SYS-905': { light: 'busy', offers: ['staff'] },
  /** The configuration is wrong; the message names the field. */
  'SYS-902': { light: 'attention', offers: ['staff'] },
} as const satisfies Record<string, Entry>;

export type FaultCode = keyof typeof catalogue;

export const faultCodes = Object.keys(catalogue) as FaultCode[];
