import { useState } from 'preact/hooks';
import type { Prescription } from '../../../reception/questions.ts';
import { say } from '../link.ts';
import { Button } from '../parts/button.tsx';
import { Page } from '../parts/page.tsx';
import { Toggle } from '../parts/toggle.tsx';
import { StopWay } from '../parts/ways.tsx';
import { texts } from '../preferences.ts';

const ON_A_PAGE = 4;

/** Which electronic prescriptions are to be dispensed: all, unless the patient leaves one out. */
export function Dispensing({ prescriptions }: { prescriptions: readonly Prescription[] }) {
  const t = texts.value.dispensing;
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [page, setPage] = useState(0);
  const pages = Math.max(1, Math.ceil(prescriptions.length / ON_A_PAGE));
  const chosen = prescriptions.map((_, place) => place).filter((place) => !left.has(place));
  const turn = (place: number) =>
    setLeft(new Set(left.has(place) ? [...left].filter((each) => each !== place) : [...left, place]));
  return (
    <Page title={t.title}>
      <div class="toggles">
        {prescriptions.slice(page * ON_A_PAGE, (page + 1) * ON_A_PAGE).map((prescription, index) => {
          const place = page * ON_A_PAGE + index;
          return (
            <Toggle key={place} on={!left.has(place)} says={{ on: t.given, off: t.notGiven }} onToggle={() => turn(place)}>
              <Words prescription={prescription} />
            </Toggle>
          );
        })}
      </div>
      <div class="row ends">
        <StopWay />
        {pages > 1 && (
          <div class="row">
            <p class="note" role="status">
              {t.page(page + 1, pages)}
            </p>
            <Button onPress={() => setPage((page + 1) % pages)}>{t.next}</Button>
          </div>
        )}
        <Button kind="main" onPress={() => say({ type: 'answer', answer: { to: 'dispensing', chosen } })}>
          {t.decide(chosen.length)}
        </Button>
      </div>
    </Page>
  );
}

/** The institution's name is foreign text: whatever stands in it changes nothing around it. */
function Words({ prescription }: { prescription: Prescription }) {
  return (
    <>
      <strong>
        <time>{dateWords(prescription.issuedOn)}</time>
      </strong>
      <bdi class="given-name" lang="ja">
        {prescription.institution}
      </bdi>
    </>
  );
}

/** @param day YYYY-MM-DD; shown as it stands where it is none */
function dateWords(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return new Intl.DateTimeFormat(texts.value.lang, { dateStyle: 'long', timeZone: 'UTC' }).format(date);
}
