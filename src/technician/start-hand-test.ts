import { cardTest, secondUartTest } from './card-hand-tests.ts';
import type { HandTest, HandTestNews, HandTestParts } from './hand-test.ts';
import { lightsTest, padTest, soundsTest, touchTest } from './panel-hand-tests.ts';
import type { TestByHand } from './parts.ts';

export function startHandTest(test: TestByHand, parts: HandTestParts, told: HandTestNews): HandTest {
  switch (test) {
    case 'touch':
      return touchTest(told);
    case 'lights':
      return lightsTest(parts, told);
    case 'sounds':
      return soundsTest(parts, told);
    case 'pad':
      return padTest(parts, told);
    case 'test-card':
      return cardTest(parts, told);
    case 'second-uart':
      return secondUartTest(parts, told);
  }
}
