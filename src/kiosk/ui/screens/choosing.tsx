import type { ComponentChildren } from 'preact';
import type { Method } from '../../../reception/ports.ts';
import type { Openness } from '../../protocol.ts';
import { say } from '../link.ts';
import { FaceIcon, KeypadIcon } from '../parts/icons.tsx';
import { Page } from '../parts/page.tsx';
import { StaffLine } from '../parts/staff-line.tsx';
import { StopWay } from '../parts/ways.tsx';
import { texts } from '../preferences.ts';
import type { Shows } from '../screen-of.ts';

export function Choosing({ screen }: Shows<'choosing'>) {
  const t = texts.value;
  const nothingOpen = screen.face !== 'open' && screen.pin !== 'open';
  return (
    <Page title={t.choosing.title}>
      <div class="choices">
        <Choice method="face" openness={screen.face} name={t.choosing.face} about={t.choosing.faceAbout} icon={<FaceIcon />} />
        <Choice method="pin" openness={screen.pin} name={t.choosing.pin} about={t.choosing.pinAbout} icon={<KeypadIcon />} />
      </div>
      <div class="row ends">
        <StopWay />
        {nothingOpen && <StaffLine />}
      </div>
    </Page>
  );
}

type ChoiceProps = { method: Method; openness: Openness; name: string; about: string; icon: ComponentChildren };

/** A closed way stays where people look for it, and says in words why it is closed. */
function Choice({ method, openness, name, about, icon }: ChoiceProps) {
  const open = openness === 'open';
  return (
    <button type="button" class="choice" disabled={!open} onClick={() => say({ type: 'choose', method })}>
      {icon}
      <strong>{name}</strong>
      <span>{open ? about : texts.value.openness[openness]}</span>
    </button>
  );
}
