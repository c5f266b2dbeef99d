/** A card that a technician looks at is left as it came: what was opened is closed. */
import { afterEach, expect, test } from 'vitest';
import { createAcsPeer } from '../../src/bench/module/acs-peer.ts';
import { createGemPeer } from '../../src/bench/module/gem-peer.ts';
import { createPn532Peer } from '../../src/bench/module/pn532/pn532-peer.ts';
import { composeCardReader } from '../../src/compose-card.ts';
import { cardOf, unhurried } from './bench-card.ts';
import { hex } from './hex.ts';
import { ptyInRealTime, type TimedLine } from './timed-line.ts';

const SELECT_JPKI = '00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01';

let line: TimedLine | undefined;
afterEach(() => line?.close());

test.each([
  ['gem', createGemPeer, 0],
  ['acs', createAcsPeer, 0],
  ['pn532', createPn532Peer, 0],
] as const)('%s', async (module, createPeer, slot) => {
  line = await ptyInRealTime();
  const { path, peer: wire, clock } = line;
  const commands: string[] = [];
  const peer = createPeer({ wire, clock, onApdu: (command) => commands.push(hex(command)) });
  const card = await cardOf('adult');
  peer.insert(card, slot);
  const reader = await composeCardReader({ module, port: path }, unhurried);
  if (!reader.ok) throw new Error(reader.fault.code);
  const verificationCodeB = Uint8Array.from(Buffer.from(card.holder?.verificationCodeB ?? '', 'latin1'));
  await reader.value.readPortrait({ verificationCodeB }, unhurried);
  expect(card.statistics.verifies).toBe(1);
  expect(commands.at(-1)).not.toBe(SELECT_JPKI);
  await reader.value.close();
  expect(commands.at(-1)).toBe(SELECT_JPKI);
});
