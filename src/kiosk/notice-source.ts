import type { FaultCode } from '../faults/catalogue.ts';
import type { KioskSource } from './kiosk-source.ts';

/** What the kiosk shows while there is no reader yet: why not, with the code for staff. Nothing that is touched counts. */
export function createNoticeSource(code: FaultCode): KioskSource {
  const nobody = () => () => {};
  return {
    snapshot: () => ({
      revision: 1,
      screen: { at: 'unavailable', code },
      hurry: false,
      options: { disaster: false, pad: 'scrambled' },
      module: 'contactless',
      phone: false,
      simulated: [],
    }),
    onChange: nobody,
    onPreview: nobody,
    intent() {},
    pinKey() {},
    cameraFrame: (_nonce, jpeg) => void jpeg.fill(0),
    cameraFailed() {},
  };
}
