/** What a card gives to read: parts of files, records, data objects. */
import { concat, u16 } from './bytes.ts';
import type { Command } from './command.ts';
import type { FileSelection } from './file-selection.ts';
import { SW } from './status-word.ts';

/** P2 of READ RECORD, low three bits: P1 is the record's number. */
const BY_NUMBER = 0x04;
/** The contact ATR without TS: every application gives it, over either interface. */
const ATR_OBJECT = 0x5f51;

/** READ BINARY: P1 P2 are the offset in the selected EF, or P1 `80|n` is EF n and P2 the offset in it. */
export function readBinary(selection: FileSelection, { p1, p2, le }: Command): Uint8Array {
  const byShortIdentifier = (p1 & 0x80) !== 0;
  const file = byShortIdentifier ? selection.fileBy(p1) : (selection.file ?? SW.noFileSelected);
  if (typeof file === 'number') return u16(file);
  if (file.kind !== 'data') return u16(SW.wrongFileKind);
  if (file.opensTo.length > 0 && !file.opensTo.some((secret) => secret.verified)) return u16(SW.securityStatus);
  if (le === undefined) return u16(SW.wrongLength);
  const offset = byShortIdentifier ? p2 : (p1 << 8) | p2;
  if (offset >= file.bytes.length) return u16(SW.wrongOffset);
  return concat(file.bytes.subarray(offset, offset + le), u16(SW.ok));
}

/** READ RECORD: P1 is the record's number, P2 `n<<3|4` its EF's short identifier, 0 the selected one's. */
export function readRecord(selection: FileSelection, { p1, p2, le }: Command): Uint8Array {
  const file = selection.fileByShort(p2 >> 3);
  if (typeof file === 'number') return u16(file);
  if (file.kind !== 'records') return u16(SW.wrongFileKind);
  if ((p2 & 0x07) !== BY_NUMBER) return u16(SW.notSupported);
  const record = file.records[p1 - 1];
  if (record === undefined) return u16(SW.recordNotFound);
  if (le === undefined) return u16(SW.wrongLength);
  return le < record.length ? u16(SW.wrongLe | record.length) : concat(record, u16(SW.ok));
}

/** GET DATA: P1 P2 are the tag. @param atr with TS */
export function getData(selection: FileSelection, { p1, p2, le }: Command, atr: Uint8Array): Uint8Array {
  const tag = (p1 << 8) | p2;
  const object = tag === ATR_OBJECT ? atr.subarray(1) : selection.current?.dataObjects?.get(tag);
  if (object === undefined) return u16(SW.dataNotFound);
  return le === undefined || le < object.length ? u16(SW.wrongLength) : concat(object, u16(SW.ok));
}
