/**
 * What can go wrong with an update, by the code that support can search for. No reception stops at one of these and no
 * patient reads them, so they stand beside the reception's catalogue and not in it; the words are for technicians.
 */
export const updateFaults = {
  'UPD-971': {
    means: 'The release server cannot be reached.',
    toDo: 'Look at network, name server and certificates: self-test.',
  },
  'UPD-972': {
    means: 'The list of releases is not one.',
    toDo: 'Correct the list on the server; readers ask again by themselves.',
  },
  'UPD-974': { means: 'The update did not arrive whole.', toDo: 'Nothing: the reader tries again by itself.' },
  'UPD-975': { means: 'The update is not the one that the list names.', toDo: 'Publish bundle and list together again.' },
  'UPD-976': {
    means: 'The update is not signed by whom this reader believes.',
    toDo: 'Ask who published it; never install it by hand.',
  },
  'UPD-977': {
    means: 'The update is for another kind of device, or of another version than the list says.',
    toDo: 'Correct the list.',
  },
  'UPD-978': {
    means: 'The update could not be installed; the reader runs as before.',
    toDo: 'Read the journal of rauc.service.',
  },
  'UPD-979': { means: 'The reader does not answer the updater.', toDo: 'Read the journal of kazasu.service.' },
  'UPD-980': { means: 'The new version does not pass its self-test.', toDo: 'Nothing: after three tries the reader falls back.' },
  'UPD-981': { means: 'The reader fell back to the version before.', toDo: 'Withdraw the release; read this reader’s journal.' },
  'UPD-982': { means: 'The reader did not restart when it should.', toDo: 'Switch the unit off and on.' },
  'UPD-983': { means: 'The updater cannot write down how far it is.', toDo: 'Look at the data partition: self-test, "disk".' },
} as const;

export type UpdateFaultCode = keyof typeof updateFaults;

/** `detail` is for technicians and logs: never personal data. */
export type UpdateFault = { readonly code: UpdateFaultCode; readonly detail: string };

/** As `Result`, with a fault of an update. */
export type UpdateResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: UpdateFault };

export const done: UpdateResult<void> = { ok: true, value: undefined };

export function got<T>(value: T): UpdateResult<T> {
  return { ok: true, value };
}

export function gone(code: UpdateFaultCode, detail: string): { readonly ok: false; readonly fault: UpdateFault } {
  return { ok: false, fault: { code, detail } };
}
