import type { Light } from '../faults/catalogue.ts';
import type { PanelPort, Sound } from '../reception/ports.ts';

/** A front panel that is only looked at on the dock: it remembers what it shows. */
export class BenchPanel implements PanelPort {
  light: Light = 'ready';
  lastSound: Sound | undefined;
  urgency = 0;
  onChange: () => void = () => {};

  show(light: Light): void {
    this.light = light;
    this.onChange();
  }

  play(sound: Sound, urgency = 0): void {
    this.urgency = urgency;
    this.lastSound = sound;
    this.onChange();
  }
}
