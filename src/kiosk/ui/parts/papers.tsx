import type { ComponentChildren } from 'preact';
import type { Paper } from '../../../faults/advice.ts';
import { texts } from '../preferences.ts';
import { CertificateIcon, PhoneIcon, SheetIcon, WriteIcon } from './icons.tsx';

const icons: Record<Paper, ComponentChildren> = {
  'qualification-notice': <SheetIcon />,
  'portal-screen': <PhoneIcon />,
  'qualification-certificate': <CertificateIcon />,
  declaration: <WriteIcon />,
};

/** What can be shown at the desk where no way goes on at the reader. */
export function Papers({ show }: { show: readonly Paper[] }) {
  const t = texts.value.papers;
  return (
    <section class="papers" aria-label={t.title}>
      <p class="papers-title">{t.title}</p>
      <ul>
        {show.map((paper) => (
          <li key={paper}>
            {icons[paper]}
            <span>{t.names[paper]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
