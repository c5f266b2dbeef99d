import type { Question } from '../reception/questions.ts';
import type { Reader } from '../reception/reader.ts';
import type { PatientAnswer, State } from '../reception/state.ts';

export type Wish = {
  /** `visual`: staff are asked at once, and type the facility password. */
  readonly method: 'face' | 'pin' | 'visual';
  /** ASCII digits of a test card's PIN. */
  readonly pin: string;
  /** ASCII digits of the facility password. */
  readonly password?: string;
  /** Absent: yes to everything. */
  readonly answer?: (question: Question) => PatientAnswer;
  /** Whether an unregistered card is to be registered. Absent: yes. */
  readonly register?: boolean;
};

/** Touches the screen as a patient would who knows what to do: for commands and measurements without a browser. */
export function actAsPatient(reader: Reader, wish: Wish): () => void {
  return reader.onChange((state) =>
    // After all listeners have seen this state, and only if it still stands.
    queueMicrotask(() => {
      if (reader.state === state) touch(reader, state, wish);
    }),
  );
}

function touch(reader: Reader, state: State, wish: Wish): void {
  const { method, answer = yes } = wish;
  switch (state.at) {
    case 'choosing':
      reader.intent(method === 'visual' ? { type: 'ask-staff' } : { type: 'choose', method });
      break;
    case 'warning-last-try':
    case 'qualification-only':
      reader.intent({ type: 'continue' });
      break;
    case 'entering-pin':
      if (state.digits === 0 && !state.rejected) type(reader, wish.pin);
      break;
    case 'asking-staff':
      if (state.digits === 0 && state.triesLeft === undefined) type(reader, wish.password ?? '');
      break;
    case 'offering-registration':
      reader.intent({ type: wish.register === false ? 'stop' : 'register' });
      break;
    case 'asking':
      reader.intent({ type: 'answer', answer: answer(state.questions[0]) });
      break;
  }
}

function type(reader: Reader, digits: string): void {
  for (const digit of Buffer.from(digits, 'latin1')) reader.pinKey(digit);
  reader.intent({ type: 'continue' });
}

/** Agrees to whatever is asked; prescriptions are electronic. */
export function yes(question: Question): PatientAnswer {
  switch (question.ask) {
    case 'consent':
      return { to: 'consent', items: question.items };
    case 'specific-diseases':
    case 'subsidy':
      return { to: question.ask, yes: true };
    case 'prescription':
      return { to: 'prescription', form: '1' };
    case 'dispensing':
      return { to: 'dispensing', chosen: Array.from({ length: question.count }, (_, place) => place) };
  }
}
