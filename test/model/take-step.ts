/** One step at the counter, as the model hears of it too. */
import { yes } from '../../src/bench/patient.ts';
import type { Question } from '../../src/reception/questions.ts';
import type { Intent, PatientAnswer, State } from '../../src/reception/state.ts';
import { FACILITY_PASSWORD } from '../scenario/counter-parts.ts';
import { type CounterDay, visitors } from './counter-day.ts';
import type { Step } from './steps.ts';

export async function take(one: Step, day: CounterDay): Promise<void> {
  const { counter, model } = day;
  switch (one.do) {
    case 'go-on':
      return goOn(one.way, day);
    case 'place':
      return place(one.persona, day);
    case 'take':
      counter.takeCard();
      return model.taken();
    case 'touch':
      return touch(one.intent, day);
    case 'answer':
      return answer(one.answer, day);
    case 'type':
      return type(one.digits, one.confirm, day);
    case 'erase':
      model.touched();
      return counter.reader.pinKey(0x08);
    case 'approve':
      return approve(one.who, day);
    case 'pull-cable':
      return day.cableIn ? pullCable(day) : putCableBack(day);
    case 'gateway':
      return void Object.assign(counter.bench.gateway.controls, one.trouble);
    case 'camera':
      day.face.sight = one.sight;
      return;
    case 'page-lost':
      return counter.reader.pageLost();
    case 'another-hand':
      return spendTry(day);
    case 'facility':
      return void counter.staff.options.change({ ...counter.staff.options.options(), ...one.options });
    case 'wait':
      return counter.clock.advance(one.ms);
  }
}

async function place(persona: string, { counter, model, cableIn }: CounterDay): Promise<void> {
  model.taken();
  await counter.bench.place(persona);
  if (cableIn) model.placed(persona);
}

/** Before and after: it may lead to another screen. */
function touch(intent: Intent, { counter, model }: CounterDay): void {
  model.touched();
  counter.touch(intent);
  model.touched();
}

function answer(given: PatientAnswer, { counter, model }: CounterDay): void {
  model.touched();
  model.answers(given);
  counter.answer(given);
}

function type(digits: string, confirm: boolean, day: CounterDay): void {
  day.model.touched();
  for (const digit of Buffer.from(digits, 'latin1')) day.counter.reader.pinKey(digit);
  if (confirm) touch({ type: 'continue' }, day);
}

async function pullCable(day: CounterDay): Promise<void> {
  const { counter, model } = day;
  model.taken();
  day.cableIn = false;
  await counter.bench.unplug();
}

/** A card that lies there is met anew. */
async function putCableBack(day: CounterDay): Promise<void> {
  const { counter, model } = day;
  await counter.bench.plugIn();
  day.cableIn = true;
  if (counter.bench.placed) model.placed(counter.bench.placed.personaId);
}

/** SELECT JPKI, SELECT the PIN, VERIFY of a wrong one. */
const WRONG_VERIFY = ['00A4040C0AD392F000260100000001', '00A4020C020018', '002000800430303030'];

function spendTry({ counter, model }: CounterDay): void {
  const card = counter.bench.placed?.card;
  if (!card?.holder?.pinTriesLeft()) return;
  for (const command of WRONG_VERIFY) card.answer(Buffer.from(command, 'hex'));
  model.spentElsewhere(card);
}

function approve(who: 'this' | 'another', { counter, model }: CounterDay): void {
  const { state } = counter.reader;
  const id = 'reception' in state ? state.reception.id : 'none';
  const { size } = model.receptions;
  const asked = who === 'this' ? id : ([...model.receptions.keys()].findLast((one) => one !== id) ?? 'none');
  if (who === 'this') model.reception?.approvers.add(`nurse-${size}`);
  const approved = counter.reader.approve(asked, `nurse-${size}`);
  if (who === 'another' && approved.ok) model.laws.push('an approval for another reception was taken');
}

/** So long a patient looks at a screen that does not change. */
const PATIENCE_MS = 8_000;

async function goOn(way: number, day: CounterDay): Promise<void> {
  const { reader, clock } = day.counter;
  const before = reader.state;
  await doWhatIsAsked(before, way, day);
  let patient = true;
  const cancel = clock.after(PATIENCE_MS, () => {
    patient = false;
  });
  await clock.runUntil(() => !patient || reader.state.at !== before.at, PATIENCE_MS);
  cancel();
}

/** @param way 0…63: which of the ways that the screen offers */
async function doWhatIsAsked(state: State, way: number, day: CounterDay): Promise<void> {
  const { counter, model } = day;
  const say = (intent: Intent) => touch(intent, day);
  switch (state.at) {
    case 'idle':
      return place(visitors[way % visitors.length] ?? 'adult', day);
    case 'unavailable':
      return day.cableIn ? undefined : putCableBack(day);
    case 'choosing':
    case 'face-retry':
      return chooseWay(way, day);
    case 'warning-last-try':
    case 'qualification-only':
      return say({ type: 'continue' });
    case 'entering-pin':
      return type(way < 56 ? '1234' : '9999', true, day);
    case 'typing-code':
      return say({ type: 'choose', method: 'pin' });
    case 'asking-staff':
      return way % 4 === 0 ? type(FACILITY_PASSWORD, true, day) : approve('this', day);
    case 'offering-registration':
      return say(way < 48 ? { type: 'register' } : { type: 'stop' });
    case 'asking':
      return answer(answerTo(state.questions[0], way), day);
    case 'stopped':
      return way < 40 ? chooseWay(way, day) : say({ type: 'stop' });
    case 'done':
    case 'pending':
    case 'interrupted':
    case 'take-card':
      counter.takeCard();
      return model.taken();
    default:
      return undefined;
  }
}

/** The first that is open of a way and the others. */
function chooseWay(way: number, day: CounterDay): void {
  const ways: readonly Intent[] = [{ type: 'choose', method: 'pin' }, { type: 'choose', method: 'face' }, { type: 'ask-staff' }];
  const before = day.counter.reader.state.at;
  for (let turn = 0; turn < ways.length; turn++) {
    if (day.counter.reader.state.at !== before) return;
    touch(ways[(way + turn) % ways.length] as Intent, day);
  }
}

function answerTo(question: Question, way: number): PatientAnswer {
  if (way % 4 === 3 && question.ask === 'consent')
    return { to: 'consent', items: question.items.filter((_, place) => way & (4 << place)) };
  if (way % 4 === 3 && question.ask === 'specific-diseases') return { to: 'specific-diseases', yes: false };
  return yes(question);
}
