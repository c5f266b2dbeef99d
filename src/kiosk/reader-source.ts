import type { CameraPort, ClinicPort, StaffPort } from '../reception/ports.ts';
import type { Reader } from '../reception/reader.ts';
import type { State } from '../reception/state.ts';
import type { TechnicianMenu } from '../technician/menu.ts';
import type { KioskSource } from './kiosk-source.ts';
import type { Capture, Snapshot } from './protocol.ts';
import { screenOf } from './snapshot.ts';

/** A camera as the kiosk sees it: who takes the pictures, and how they come. */
export interface KioskCamera extends CameraPort {
  /** What the page is to do now; undefined while nothing is captured. */
  capture(): Capture | undefined;
  frame(nonce: string, jpeg: Uint8Array): void;
  failed(nonce: string): void;
  /** Told when a capture begins or ends. */
  onCapture(listener: () => void): () => void;
  onPreview(listener: (jpeg: Uint8Array) => void): () => void;
}

export type ReaderSourceOptions = {
  readonly reader: Reader;
  readonly clinic: Pick<ClinicPort, 'waitsFor' | 'watch'>;
  readonly staff: Pick<StaffPort, 'options' | 'watch'>;
  readonly camera: KioskCamera;
  readonly faceReady: () => boolean;
  readonly simulated: Snapshot['simulated'];
  /** Where the module that is there now takes a card: some have both. By default a surface. */
  readonly slots?: () => readonly Snapshot['module'][];
  /** The technician's menu, where this reader has one. */
  readonly technician?: Pick<TechnicianMenu, 'view' | 'say' | 'key' | 'watch'>;
  readonly dockUrl?: string;
};

/** Shows a reader's state to the kiosk page, and takes the patient's touches to the reader. */
export function createReaderSource(options: ReaderSourceOptions): KioskSource {
  const { reader, clinic, staff, camera, faceReady, simulated, slots, technician, dockUrl } = options;
  let revision = 1;
  const listeners = new Set<() => void>();
  const changed = () => {
    revision++;
    for (const listener of [...listeners]) listener();
  };
  reader.onChange(changed);
  camera.onCapture(changed);
  clinic.watch(changed);
  staff.watch(changed);
  technician?.watch(changed);
  return {
    snapshot() {
      const { state } = reader;
      const waitsFor = clinic.waitsFor();
      const { disaster, pad } = staff.options();
      const module = placeOf(slots?.() ?? []);
      return {
        revision,
        screen: screenOf(state, {
          capture: camera.capture(),
          faceReady: faceReady(),
          prescriptions: () => reader.prescriptions(),
        }),
        hurry: 'reception' in state && state.reception.hurry,
        options: { disaster, pad },
        module,
        ...(slots && module === 'contactless' ? { phones: true } : {}),
        phone: 'reception' in state && state.reception.carrier !== 'card',
        simulated,
        ...probeOf(state, camera.capture()),
        ...menuOf(technician?.view()),
        ...(waitsFor === undefined ? {} : { waitsFor }),
        ...(dockUrl === undefined ? {} : { dockUrl }),
      };
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    intent: (intent) => reader.intent(intent),
    technician: (intent) => technician?.say(intent),
    pinKey: (key) => (technician?.view() ? technician.key(key) : reader.pinKey(key)),
    cameraFrame: (nonce, jpeg) => camera.frame(nonce, jpeg),
    cameraFailed: (nonce) => camera.failed(nonce),
    onPreview: (listener) => camera.onPreview(listener),
  };
}

/** Where there is a surface nobody is asked to look for the slot; and a phone fits on that alone. */
const placeOf = (slots: readonly Snapshot['module'][]): Snapshot['module'] =>
  slots.length > 0 && slots.every((kind) => kind === 'contact') ? 'contact' : 'contactless';

/** While nobody stands at the reader, only a self-test looks through the page's camera. */
function probeOf({ at }: State, capture: Capture | undefined): Pick<Snapshot, 'probe'> {
  return capture?.source === 'page' && (at === 'idle' || at === 'unavailable') ? { probe: capture } : {};
}

const menuOf = (technician: Snapshot['technician']): Pick<Snapshot, 'technician'> => (technician ? { technician } : {});
