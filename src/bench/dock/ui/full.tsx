import type { DockView } from '../dock-bench.ts';
import { CameraChoice } from './camera-choice.tsx';
import { CardList } from './card-list.tsx';
import { ClinicPanel } from './clinic-panel.tsx';
import { FacilityPanel } from './facility-panel.tsx';
import { GatewayPanel } from './gateway-panel.tsx';
import { OwnCard } from './own-card.tsx';
import { PersonPanel } from './person-panel.tsx';
import { ReaderPanel } from './reader-panel.tsx';
import { ReceptionList } from './reception-list.tsx';
import { ResultFile } from './result-file.tsx';
import { language, texts } from './texts.ts';

export function Full({ view }: { view: DockView }) {
  const t = texts.value;
  document.documentElement.lang = language.value;
  return (
    <>
      <header>
        <h1>{t.title}</h1>
        <p>{t.about}</p>
        <button
          type="button"
          lang={language.value === 'ja' ? 'en' : 'ja'}
          onClick={() => {
            language.value = language.value === 'ja' ? 'en' : 'ja';
          }}
        >
          {t.otherLanguage}
        </button>
      </header>
      <main class="full">
        <div class="column">
          <CardList view={view} />
          <OwnCard />
        </div>
        <div class="column">
          <ReaderPanel view={view} />
          <section>
            <CameraChoice view={view} />
          </section>
          <PersonPanel view={view} />
          <GatewayPanel view={view} />
        </div>
        <div class="column wide">
          <ReceptionList receptions={view.receptions} />
          <ClinicPanel view={view} />
          <ResultFile xml={view.resultXml} />
          <FacilityPanel outside={view.outside} />
          <section>
            <h2>{t.log}</h2>
            <ol class="log">
              {view.apduLog.length === 0 && <li>{t.nothing}</li>}
              {view.apduLog.map((line, index) => (
                <li key={`${index}:${line}`}>{line}</li>
              ))}
            </ol>
          </section>
        </div>
      </main>
    </>
  );
}
