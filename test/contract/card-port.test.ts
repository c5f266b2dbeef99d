import { encodeJp2 } from '../../src/bench/card/jp2.ts';
import { cardOf, counterOn } from '../card/bench-card.ts';
import { memoryInSimulatedTime, ptyInRealTime } from '../card/timed-line.ts';
import { cardPortContract } from './card-port.ts';

const [width, height] = [240, 320];
const drawn = encodeJp2(
  Uint8Array.from({ length: width * height }, (_, index) => (index * index) >> 8),
  width,
  height,
);
const portraitJp2 = async () => Uint8Array.from(await drawn);

const inMemory = () => counterOn(memoryInSimulatedTime());
const onPty = async () => counterOn(await ptyInRealTime());

cardPortContract('GemPC Twin, in memory on simulated time', inMemory, cardOf, portraitJp2);
cardPortContract('GemPC Twin, on a pseudo-terminal in real time', onPty, cardOf, portraitJp2);
