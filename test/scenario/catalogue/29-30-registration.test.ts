import { expect, test } from 'vitest';
import { adviceFor } from '../../../src/faults/advice.ts';
import { ja } from '../../../src/texts/ja.ts';
import { useCounter } from '../use-counter.ts';
import { expectNothingLeft } from './nothing-left.ts';
import { lastResult } from './result-file.ts';

/** 利用登録 at the reader. */
const the = useCounter();

const registered = () => the.counter.bench.gateway.people().find(({ personaId }) => personaId === 'unregistered')?.channel;

test('29 not registered: by face, registered and received in one go, and never asked again', async () => {
  await the.counter.comesToChoose('unregistered');
  the.counter.choose('face');
  await the.counter.sees('offering-registration');
  expect(the.counter.screen()).toEqual({ at: 'offering-registration' });
  the.counter.touch({ type: 'register' });
  await the.counter.sees('asking');
  the.counter.answerAll();
  await the.counter.sees('done');
  expect(the.counter.shown).toContain('registering');
  expect(the.counter.lastRow()).toMatchObject({ method: 'face', outcome: 'accepted', validity: '1' });
  expect(lastResult(the.counter).flags).toEqual({ YZK: '1', SRJ: '1', SHJ: '1' });
  expect(the.counter.audited()).toContain('registration.done');
  expect(registered()).toBe('reader');
  await the.counter.leaves();
  await the.counter.provesByPin('unregistered');
  await the.counter.agrees();
  expect(the.counter.recorded()).toHaveLength(2);
});

test('30 declines: told what to show at the desk and where else it can be done, and nothing is left', async () => {
  await the.counter.comesToChoose('unregistered');
  the.counter.choose('pin');
  the.counter.enterPin('1234');
  await the.counter.sees('offering-registration');
  expect(ja.registration.care).toBe('登録しなくても、診療は受けられます。');
  the.counter.touch({ type: 'stop' });
  expect(await the.counter.seesFault('GATE-508')).toMatchObject({ offers: ['staff', 'take-card'] });
  expect(adviceFor('GATE-508')).toMatchObject({ show: expect.arrayContaining(['qualification-notice']), mend: 'registration' });
  expect(the.counter.bench.panel.light).toBe('help');
  await the.counter.leaves();
  expectNothingLeft(the.counter);
  expect(the.counter.audited()).toContain('registration.declined');
  expect(registered()).toBeNull();
});
