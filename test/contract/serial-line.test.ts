import { memoryLine, ptyLine } from '../../src/bench/module/line.ts';
import { serialLineContract } from './serial-line.ts';

serialLineContract('in memory', async () => memoryLine());
serialLineContract('serialport on a pseudo-terminal', ptyLine);
