/** pcscd, libccid, OpenSC and pcsc-tools take the simulated reader and its card for real, under each reader name. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { VirtualCard } from '../../src/bench/card/virtual-card.ts';
import { type GemVariantName, gemVariants } from '../../src/bench/module/gem-variants.ts';
import { issued, JPKI, selectFile } from '../bench/card/card-talk.ts';
import { type JudgedReader, openJudgedReader } from './judged-reader.ts';
import { watchByPcscScan } from './pcsc-scan.ts';
import { sendByOpensc } from './send-apdus.ts';
import * as userKeys from './user-keys.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

const ATR = '3B DA 13 FF 81 31 FB 46 80 12 39 2F 31 C1 73 C6 01 C0 3B';

const certificates = [
  { id: '01', file: '000A', key: undefined },
  { id: '02', file: '0001', key: userKeys.signature },
  { id: '03', file: '000B', key: undefined },
  { id: '04', file: '0002', key: undefined },
];

let workshop: Workshop;
let card: VirtualCard;
/** The certificates as they are on the card, by file. */
const ours = new Map<string, Uint8Array>();

beforeAll(async () => {
  workshop = await openWorkshop();
  ({ card } = await issued());
  for (const { file, key } of certificates) ours.set(file, userKeys.fileOfCard(card, file, key));
});
afterAll(() => workshop?.close());

describe.each(Object.keys(gemVariants) as GemVariantName[])('%s', (variant) => {
  let reader: JudgedReader;

  beforeAll(async () => {
    reader = await openJudgedReader(workshop, card, { variant });
  });
  afterAll(() => reader?.close());

  test('is listed with all its slots, and a card in the first', async () => {
    const slots = async () => {
      const list = await reader.succeed('opensc-tool', '--list-readers');
      return [...list.matchAll(/^\d+ +(Yes|No) +(.+)$/gm)].map(([, occupied, name]) => `${name}: ${occupied}`);
    };
    const empty = Array.from({ length: gemVariants[variant].slots - 1 }, (_, index) => `Bench 00 0${index + 1}: No`);
    // Polled: libccid takes some slots for occupied until it has tried to power a card there.
    await expect.poll(slots, { timeout: 20_000 }).toEqual(['Bench 00 00: Yes', ...empty]);
  });

  test('gives the contact ATR, and OpenSC takes its JPKI driver', async () => {
    const [atr, driver] = (await reader.succeed('opensc-tool', '--atr', '--name')).split('\n');
    expect(atr?.toUpperCase().replaceAll(':', ' ')).toBe(ATR);
    expect(driver).toBe('jpki');
  });

  test('carries what the card refuses: 6A82, 6982, 6B00, 6D00', async () => {
    const [noFile, locked, pastEnd, unknown] = [selectFile('7F7F'), '00B0000000', '00B07F0000', '00440000'];
    const apdus = [JPKI, noFile, selectFile('0001'), locked, selectFile('000A'), pastEnd, unknown];
    expect(await sendByOpensc(reader, apdus)).toEqual(['9000', '6A82', '9000', '6982', '9000', '6B00', '6D00']);
  });

  test('signs nothing without PIN or password', async () => {
    const sign = userKeys.signCommand(randomBytes(32));
    const apdus = [JPKI, selectFile('0017'), sign, selectFile('001A'), sign];
    expect(await sendByOpensc(reader, apdus)).toEqual(['9000', '9000', '6982', '9000', '6982']);
  });

  test('pkcs15-tool finds 2 PINs, 2 keys and 4 certificates', async () => {
    const dump = await reader.succeed('pkcs15-tool', '--dump');
    expect(dump.match(/^(PIN|Private RSA Key|X\.509 Certificate) \[.+\]$/gm)).toEqual([
      'PIN [User Authentication PIN]',
      'PIN [Digital Signature PIN]',
      'Private RSA Key [User Authentication Key]',
      'Private RSA Key [Digital Signature Key]',
      'X.509 Certificate [User Authentication Certificate]',
      'X.509 Certificate [Digital Signature Certificate]',
      'X.509 Certificate [User Authentication Certificate CA]',
      'X.509 Certificate [Digital Signature Certificate CA]',
    ]);
  });

  test('the four certificates come byte for byte', async () => {
    for (const { id, file, key } of certificates) {
      expect(await userKeys.certificateBy(reader, workshop, id, key)).toEqual(ours.get(file));
    }
  });

  test('without its password the signature certificate is not given', async () => {
    const { code, stdout, stderr } = await reader.run('pkcs15-tool', '--read-certificate', '02');
    expect(code).not.toBe(0);
    expect(stderr).toContain('Certificate read failed');
    expect(stdout.toString()).not.toContain('CERTIFICATE');
  });

  test.each([
    { by: 'pkcs15-crypt', key: userKeys.authentication, sign: userKeys.signByPkcs15 },
    { by: 'pkcs15-crypt', key: userKeys.signature, sign: userKeys.signByPkcs15 },
    { by: 'pkcs11-tool', key: userKeys.authentication, sign: userKeys.signByPkcs11 },
    { by: 'pkcs11-tool', key: userKeys.signature, sign: userKeys.signByPkcs11 },
  ])('OpenSSL verifies what $by has key $key.id sign', async ({ key, sign }) => {
    const message = randomBytes(100);
    const certificate = ours.get(key.certificateFile) ?? Buffer.of();
    const signed = await sign(reader, workshop, key, message);
    expect(await userKeys.opensslVerdict(workshop, certificate, message, signed)).toBe('Verified OK');
    expect(await userKeys.opensslVerdict(workshop, certificate, randomBytes(100), signed)).toBe('Verification failure');
  });

  if (variant === 'GemCoreSIMPro') {
    // libccid never asks this one whether a card is there: a SIM card is, until it cannot be powered.
    test('a card that is gone is missed at its next command', async () => {
      reader.peer.remove();
      const { code, stdout } = await reader.run('opensc-tool', '--send-apdu', JPKI.replaceAll(' ', ''));
      expect(code).not.toBe(0);
      expect(stdout.toString()).not.toContain('Received');
    });
  } else {
    test('pcsc_scan sees the card, its removal and its return', async () => {
      const scan = watchByPcscScan(reader);
      try {
        expect(await scan.shows('Card inserted')).toBe(ATR);
        reader.peer.remove();
        await scan.shows('Card removed');
        reader.peer.insert(card);
        expect(await scan.shows('Card inserted')).toBe(ATR);
      } finally {
        await scan.stop();
      }
    });
  }
});
