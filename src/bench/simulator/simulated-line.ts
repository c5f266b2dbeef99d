/** Where the simulated module is plugged in: a pseudo-terminal under a path of the technician's choice, or a real port. */
import { resolve } from 'node:path';
import type { ProtocolId } from '../../card/module/module-link.ts';
import { protocolsOf } from '../../card/module/protocols.ts';
import type { LineSettings } from '../../card/module/serial-line.ts';
import { failed, ok, type Result } from '../../faults/result.ts';
import type { PeerWire } from '../module/peer-wire.ts';
import { openPty } from '../module/pty-line.ts';
import { openDevice } from './device-wire.ts';
import { freeLinkPath } from './link-path.ts';

export type Place = { readonly link: string } | { readonly device: string };

export type SimulatedLine = {
  readonly path: string;
  readonly peer: PeerWire;
  /** Aborts when a real port is gone. */
  readonly ended: AbortSignal;
  /** Only a simulated cable can be pulled from here. */
  readonly cable?: { unplug(): Promise<void>; plugIn(): Promise<void> };
  /** Leaves nothing behind. */
  close(): Promise<void>;
};

/** Faults: SYS-902 (a link cannot be made there), MOD-202 (the port cannot be opened). */
export async function openSimulatedLine(
  place: Place,
  protocol: ProtocolId,
  baudRate: number | undefined,
): Promise<Result<SimulatedLine>> {
  if ('device' in place) return openDevice(place.device, settingsOf(protocol, baudRate));
  const link = resolve(place.link);
  const free = await freeLinkPath(link);
  if (!free.ok) return free;
  try {
    const { path, peer, unplug, plugIn, close } = await openPty(link);
    return ok({ path, peer, close, ended: new AbortController().signal, cable: { unplug, plugIn } });
  } catch (error) {
    return failed(
      'SYS-902',
      `--link: ${link} cannot be made (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`,
    );
  }
}

function settingsOf(protocol: ProtocolId, baudRate: number | undefined): LineSettings {
  const [known] = protocolsOf(protocol);
  const [usual] = known?.baudRates ?? [];
  if (!known || usual === undefined) throw new Error(`no line settings for ${protocol}`);
  return { ...known.line, baudRate: baudRate ?? usual };
}
