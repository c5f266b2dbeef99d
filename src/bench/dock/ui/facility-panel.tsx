import { informationItems, type OutsideView } from '../outside.ts';
import { act } from './dock-link.ts';
import { texts } from './texts.ts';
import { WordChoice } from './word-choice.tsx';

/** Code 038 is shown as it is: the meaning of its values is not public. */
const prescriptions = { '0': '0', '1': '1', '2': '2', '3': '3' } as const;

/** What the clinic has set at the gateway. */
export function FacilityPanel({ outside: { facility } }: { outside: OutsideView }) {
  const t = texts.value.outside;
  const { consentItems, electronicPrescription, prescriptionAsked } = facility;
  return (
    <section>
      <h2>{t.facility}</h2>
      <fieldset class="options inline">
        <legend class="plain">{t.consentItems}</legend>
        {informationItems.map((item) => (
          <label key={item}>
            <input
              type="checkbox"
              checked={consentItems.includes(item)}
              onChange={({ currentTarget: { checked } }) => act({ type: 'consent-item', item, asked: checked })}
            />
            {t.items[item]}
          </label>
        ))}
      </fieldset>
      <WordChoice
        label={t.prescription}
        words={prescriptions}
        value={electronicPrescription}
        onChoose={(chosen) => act({ type: 'prescription', change: { electronicPrescription: chosen } })}
      />
      <WordChoice
        label={t.asked}
        words={t.prescriptionAsked}
        value={prescriptionAsked}
        onChoose={(chosen) => act({ type: 'prescription', change: { prescriptionAsked: chosen } })}
      />
      <p class="note">{t.nextCard}</p>
    </section>
  );
}
