import { z } from 'zod';
import { type DockBench, gatewayModes } from './dock-bench.ts';
import { carryOutOutside, outsideActions } from './outside-action.ts';

const personaId = z.string().min(1).max(40);

const dockAction = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('place'), personaId }),
  z.strictObject({ type: z.literal('remove') }),
  z.strictObject({
    type: z.literal('camera'),
    camera: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('page') }),
      z.strictObject({ kind: z.literal('persona'), personaId }),
      z.strictObject({ kind: z.literal('nobody') }),
    ]),
  }),
  z.strictObject({ type: z.literal('gateway'), mode: z.enum(gatewayModes) }),
  z.strictObject({ type: z.literal('latency'), latencyMs: z.int().min(0).max(60_000) }),
  z.strictObject({ type: z.literal('cable'), cable: z.enum(['plugged', 'pulled']) }),
  z.strictObject({ type: z.literal('service') }),
  ...outsideActions,
]);

/** What the dock's page asks for. */
export type DockAction = z.infer<typeof dockAction>;

/** @returns the action, or undefined when it is none, or names a persona that the bench does not have */
export function parseDockAction(body: unknown, bench: DockBench): DockAction | undefined {
  const { data } = dockAction.safeParse(body);
  const named =
    data?.type === 'place'
      ? data.personaId
      : data?.type === 'camera' && data.camera.kind === 'persona'
        ? data.camera.personaId
        : undefined;
  if (named !== undefined && !bench.view().personas.some(({ id }) => id === named)) return undefined;
  if (data && 'person' in data) {
    const person = bench.view().outside.people.find(({ personaId: id }) => id === data.person);
    if (!person || (data.type === 'reissue' && !person.card)) return undefined;
  }
  return data;
}

export async function carryOut(action: DockAction, bench: DockBench): Promise<void> {
  switch (action.type) {
    case 'place':
      return bench.place(action.personaId);
    case 'remove':
      return bench.remove();
    case 'camera':
      return bench.setCamera(action.camera);
    case 'gateway':
      return bench.setGateway(action.mode);
    case 'latency':
      return bench.setLatency(action.latencyMs);
    case 'cable':
      return bench.setCable(action.cable);
    case 'service':
      return bench.askForService();
    default:
      return carryOutOutside(action, bench.outside);
  }
}

const JPEG_BASE64_MAX = 700_000;
const ownCard = z.strictObject({ pictures: z.array(z.base64().max(JPEG_BASE64_MAX)).min(1).max(5) });

/** @returns the JPEG files of an own-card request, or undefined when it is none */
export function parseOwnCard(body: unknown): Uint8Array[] | undefined {
  const { data } = ownCard.safeParse(body);
  return data?.pictures.map((picture) => Uint8Array.from(Buffer.from(picture, 'base64')));
}
