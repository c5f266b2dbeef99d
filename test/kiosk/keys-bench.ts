import type { Browser, Page } from 'playwright-core';
import { personaById } from '../../src/bench/personas.ts';
import { composeBench } from '../../src/compose-bench.ts';
import { configOnFreePorts } from '../free-ports.ts';
import { hearQuickly } from './heard-words.ts';
import { blockGuidance, sizes } from './kiosk-browser.ts';

/** A card as most have it. Its PIN is the bench's own. */
const PERSONA = 'adult';

/** The whole reader on its bench, with its holder before the camera, and its kiosk page in a browser that hears quickly. */
export async function openKeysBench(browser: Browser) {
  const composed = await composeBench({ config: configOnFreePorts(), keep: false, gatewayLatencyMs: 100 });
  if (!composed.ok) throw new Error(composed.fault.detail);
  const unit = composed.value;
  await unit.bench.camera.look({ kind: 'persona', personaId: PERSONA, face: personaById(PERSONA)?.face });
  const { kioskUrl } = await unit.serve();
  const page: Page = await (await browser.newContext({ viewport: sizes[0], reducedMotion: 'reduce' })).newPage();
  await page.clock.install();
  await blockGuidance(page);
  await hearQuickly(page);
  await page.goto(kioskUrl);
  await page.locator('h1').waitFor();
  return {
    page,
    placeCard: () => unit.bench.place(PERSONA),
    takeCard: () => unit.bench.remove(),
    /** How often the card has been asked for its PIN. */
    pinVerifies: () => unit.bench.placed?.card.statistics.pinVerifies,
    close: () => unit.close(),
  };
}
