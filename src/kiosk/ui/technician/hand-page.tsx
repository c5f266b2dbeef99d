import type { JSX } from 'preact';
import type { CardStep, HandStep } from '../../../technician/view.ts';
import { Corners } from './corners.tsx';
import { PadKeys } from './pad-keys.tsx';
import { Tool } from './tool.tsx';
import { words } from './words.ts';

/** A test by hand: what to do, what is seen of it here, and the person's word. */
export function HandPage({ step }: { readonly step: HandStep }) {
  const t = words.value;
  const { name, how, toDo } = t.byHand[step.test];
  // What the unit notices by itself needs no yes.
  const asksYes = step.test === 'lights' || step.test === 'sounds' || step.test === 'second-uart';
  return (
    <section class="hand-page">
      <h2>{name}</h2>
      <p>{how}</p>
      <div class="seen">
        <Seen step={step} />
      </div>
      <p class="remedy">
        <strong>{t.hand.ifNot}</strong>
        {toDo}
      </p>
      <div class="tools">
        {step.test === 'sounds' && <Tool says={{ say: 'play' }}>{t.hand.play}</Tool>}
        {asksYes && (
          <Tool says={{ say: 'judge', works: true }} main>
            {t.hand.works}
          </Tool>
        )}
        <Tool says={{ say: 'judge', works: false }}>{t.hand.doesNot}</Tool>
        <Tool says={{ say: 'back' }}>{t.part.back}</Tool>
      </div>
    </section>
  );
}

function Seen({ step }: { readonly step: HandStep }): JSX.Element {
  const t = words.value.hand;
  switch (step.test) {
    case 'touch':
      return <Corners touched={step.touched} />;
    case 'lights':
      return <Counted words={t.light[step.light]} place={t.step(step.step, step.of)} />;
    case 'sounds':
      return <Counted words={t.sound[step.sound]} place={t.step(step.step, step.of)} />;
    case 'pad':
      return <PadKeys pressed={step.pressed} />;
    case 'test-card':
    case 'second-uart':
      return (
        <p class="large" role="status">
          {cardWords(step.card)}
        </p>
      );
  }
}

const Counted = ({ words: said, place }: { readonly words: string; readonly place: string }) => (
  <p class="large" role="status">
    {said}
    <small>{place}</small>
  </p>
);

function cardWords(card: CardStep): string {
  const t = words.value.hand.card;
  switch (card.at) {
    case 'waiting':
    case 'reading':
      return t[card.at];
    case 'read':
      return t.read(card.words);
    case 'failed':
      return t.failed(card.code);
  }
}
