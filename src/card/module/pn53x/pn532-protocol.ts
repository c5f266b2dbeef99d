/** PN532 and its like on a high-speed UART: a contactless module. */
import type { ModuleProtocol } from '../module-link.ts';
import { USUAL_RATES } from './baud-rate.ts';
import { createPn532Link } from './pn532-link.ts';

/** With SW1 SW2 the longest answer of a short command fits one frame, which holds 262 bytes. */
const READ_LENGTH = 256;
/** That a card is gone costs its whole waiting time, 309 ms for a My Number card; it is to be told within 500 ms. */
const HEARTBEAT_MS = 150;

export const pn532Protocol: ModuleProtocol = {
  id: 'pn532',
  name: 'PN532',
  line: { dataBits: 8, parity: 'none', stopBits: 1 },
  baudRates: USUAL_RATES,
  slots: [{ kind: 'contactless', readLength: READ_LENGTH }],
  heartbeatMs: HEARTBEAT_MS,
  openLink: createPn532Link,
};
