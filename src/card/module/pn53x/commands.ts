/** Commands of the PN53x that are used here, and what its status bytes mean (NXP UM0701-02 §7). */

export const command = {
  diagnose: 0x00,
  getFirmwareVersion: 0x02,
  setSerialBaudRate: 0x10,
  samConfiguration: 0x14,
  rfConfiguration: 0x32,
  inDataExchange: 0x40,
  inListPassiveTarget: 0x4a,
  inRelease: 0x52,
} as const;

/** Diagnose: the first sends its parameters back, the second asks the card whether it is there (R(NAK)). */
export const diagnose = { communicationLine: 0x00, cardPresence: 0x06 } as const;

/** The module's number of the one card that it is told to look for. */
export const TARGET = 0x01;
/** In the target number of a command, and in the status of an answer: more of the same follows. */
export const MORE = 0x40;
export const STATUS_MASK = 0x3f;

/** A command's own status (§7.1). */
export const status = { done: 0x00, timeout: 0x01 } as const;

/** No answer, no card in the module's books, released, exchanged, disappeared. */
const LEFT: readonly number[] = [status.timeout, 0x27, 0x29, 0x2a, 0x2b];

/** Whether the card of before is gone by this status: what lies there now, if anything, may be another one. */
export function saysThatCardLeft(code: number): boolean {
  return LEFT.includes(code);
}

const statusNames: Readonly<Record<number, string>> = {
  1: 'the card did not answer in time',
  2: 'CRC error',
  3: 'parity error',
  5: 'framing error',
  10: 'the field was not switched on in time',
  11: 'RF protocol error',
  19: 'the card broke the protocol',
  39: 'not possible in this state',
  41: 'the card was released',
  42: 'the card was exchanged',
  43: 'the card has disappeared',
};

export function nameOfStatus(code: number): string {
  const number = code.toString(16).padStart(2, '0').toUpperCase();
  return `PN53x status ${number}: ${statusNames[code] ?? 'error'}`;
}
