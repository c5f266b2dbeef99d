import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openSealedFile, sealFile } from '../../src/records/sealed-file.ts';

const clinic = generateKeyPairSync('x25519');
const other = generateKeyPairSync('x25519');

test('what was sealed for a key opens with it, and with no other', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5_000 }), (bytes) => {
      const sealed = sealFile(bytes, clinic.publicKey);
      expect(openSealedFile(sealed, clinic.privateKey)).toEqual(Buffer.from(bytes));
      expect(openSealedFile(sealed, other.privateKey)).toBeUndefined();
    }),
    { numRuns: 50 },
  );
});

test('a file opens only whole and unchanged', () => {
  const sealed = sealFile(Buffer.from('a log'), clinic.publicKey);
  for (let at = 0; at < sealed.length; at++) {
    const changed = Uint8Array.from(sealed);
    // A high bit of the ephemeral key is not part of the point (RFC 7748, 5), but it is authenticated.
    changed[at] = (changed[at] ?? 0) ^ 0x80;
    expect(openSealedFile(changed, clinic.privateKey)).toBeUndefined();
    expect(openSealedFile(sealed.subarray(0, at), clinic.privateKey)).toBeUndefined();
  }
});

test('the same bytes are sealed differently each time', () => {
  const bytes = Buffer.from('a log');
  expect(sealFile(bytes, clinic.publicKey)).not.toEqual(sealFile(bytes, clinic.publicKey));
});
