/** What an emulated reader has to show, in order: each step goes on with the machine that the one before left. */
import { powerCuts } from './power-cuts.ts';
import { boots, reception, selfTest, stands, watchdog } from './reader-steps.ts';
import { screen } from './screen-step.ts';
import { shareStep } from './share-step.ts';
import type { Step } from './step.ts';
import { cutInUpdate, goodUpdate, recordLost, refused, slotFailsItself, slotPanics } from './update-steps.ts';
import type { VirtRun } from './virt-run.ts';

export const virtSteps = (cuts: number): readonly Step<VirtRun>[] => [
  boots,
  stands,
  reception,
  refused('signed by a stranger', 'foreign.raucb', /signature/),
  refused('made for another machine', 'other-machine.raucb', /it is for kazasu-rpi4/),
  refused('changed after it was signed', 'tampered.raucb', /Input\/output error/),
  refused('older than what runs', 'older.raucb', /Expected at least|not newer/),
  slotPanics,
  watchdog,
  powerCuts(cuts),
  selfTest,
  shareStep,
  cutInUpdate,
  goodUpdate,
  recordLost,
  slotFailsItself,
  screen,
];
