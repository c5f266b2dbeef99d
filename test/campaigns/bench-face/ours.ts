import { join } from 'node:path';
import { loadNetworks } from '../../../src/face/networks.ts';
import { lookAtPortrait } from '../../../src/face/recognise.ts';
import { warmUp } from '../../../src/face/warm-up.ts';
import type { Contender } from './contender.ts';

/** As for a portrait, which is refused for nothing but a tiny face: the others refuse nothing for its quality either. */
export async function loadOurs(): Promise<Contender> {
  const networks = await loadNetworks(join(import.meta.dirname, '../../../build/models'));
  if (!networks.ok) throw new Error(`the face models are not ready: ${networks.fault.detail}`);
  await warmUp(networks.value);
  return {
    async embed(picture) {
      const seen = await lookAtPortrait(networks.value, picture);
      return seen.ok && seen.value.at === 'face' ? seen.value.template : undefined;
    },
  };
}
