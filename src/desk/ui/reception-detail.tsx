import type { DeskReception } from '../desk-source.ts';
import type { DeskView } from '../protocol.ts';
import { Consents } from './consents.tsx';
import { Glyphs } from './glyphs.tsx';
import { texts } from './preferences.ts';
import { approverLine, notesOf, outcomeLine } from './reception-words.ts';
import { dayAndTime } from './times.ts';

type Props = { readonly reception: DeskReception | undefined; readonly names: DeskView['names'] };

/** All that the desk knows of one reception; what its fault means stands in the catalogue's words for staff. */
export function ReceptionDetail({ reception, names }: Props) {
  const { detail, list, methods, faults } = texts.value;
  if (!reception) {
    return (
      <section class="detail">
        <h2>{detail.title}</h2>
        <p class="soft">{detail.choose}</p>
      </section>
    );
  }
  const { receptionId, startedAt, acceptedAt, method, outcome, given, handOver, hasGlyphs } = reception;
  const code = outcome === 'running' || outcome === 'accepted' || outcome === 'pending' ? undefined : outcome;
  return (
    <section class="detail">
      <h2>{detail.title}</h2>
      <p class="large">{outcomeLine(reception)}</p>
      {code && <p>{faults[code].staff}</p>}
      {notesOf({ ...reception, hasGlyphs: false }).map((note) => (
        <p key={note} class="note">
          {note}
        </p>
      ))}
      {hasGlyphs && <Glyphs key={receptionId} receptionId={receptionId} />}
      <dl>
        <dt>{list.time}</dt>
        <dd>{dayAndTime(acceptedAt ?? startedAt)}</dd>
        <dt>{list.method}</dt>
        <dd>
          {method ? methods[method] : '–'} {approverLine(reception, names)}
        </dd>
        {handOver && <dt>{detail.handOver}</dt>}
        {handOver && <dd>{handOver === 'handed-over' ? list.handedOver : list.waitsForClinic}</dd>}
        {given?.subsidy !== undefined && <dt>{detail.subsidy}</dt>}
        {given?.subsidy !== undefined && <dd>{given.subsidy ? detail.used : detail.notUsed}</dd>}
        {given?.prescription && <dt>{detail.prescription}</dt>}
        {given?.prescription && <dd>{given.prescription === '1' ? detail.electronic : detail.paper}</dd>}
        <dt>{list.number}</dt>
        <dd class="number">{receptionId}</dd>
      </dl>
      {given && <h3>{list.consents}</h3>}
      {given && <Consents given={given} />}
    </section>
  );
}
