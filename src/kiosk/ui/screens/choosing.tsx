import type { ComponentChildren } from 'preact';
import type { Openness } from '../../protocol.ts';
import { say } from '../link.ts';
import { Choice } from '../parts/choice.tsx';
import { FaceIcon, KeypadIcon } from '../parts/icons.tsx';
import { Page } from '../parts/page.tsx';
import { StaffLine } from '../parts/staff-line.tsx';
import { StaffWay, StopWay } from '../parts/ways.tsx';
import { texts } from '../preferences.ts';
import type { Shows } from '../screen-of.ts';

export function Choosing({ screen }: Shows<'choosing'>) {
  const t = texts.value.choosing;
  const nothingOpen = screen.face !== 'open' && screen.pin !== 'open';
  return (
    <Page title={t.title}>
      <div class="choices">
        <Way method="face" openness={screen.face} name={t.face} about={t.faceAbout} icon={<FaceIcon />} />
        <Way method="pin" openness={screen.pin} name={t.pin} about={t.pinAbout} icon={<KeypadIcon />} />
      </div>
      <div class="row ends">
        <StopWay />
        {screen.visual ? <StaffWay kind={nothingOpen ? 'main' : 'quiet'} /> : nothingOpen && <StaffLine />}
      </div>
    </Page>
  );
}

type WayProps = { method: 'face' | 'pin'; openness: Openness; name: string; about: string; icon: ComponentChildren };

/** A closed way stays where people look for it, and says in words why it is closed. */
function Way({ method, openness, name, about, icon }: WayProps) {
  const open = openness === 'open';
  return (
    <Choice
      name={name}
      about={open ? about : texts.value.openness[openness]}
      icon={icon}
      disabled={!open}
      onPress={() => say({ type: 'choose', method })}
    />
  );
}
