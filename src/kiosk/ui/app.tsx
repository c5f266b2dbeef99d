import type { JSX } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { Screen } from '../protocol.ts';
import { snapshot } from './link.ts';
import { BenchBand } from './parts/bench-band.tsx';
import { TopBar } from './parts/top-bar.tsx';
import { Asking } from './screens/asking.tsx';
import { AskingStaff } from './screens/asking-staff.tsx';
import { Choosing } from './screens/choosing.tsx';
import { Done } from './screens/done.tsx';
import { EnteringPin } from './screens/entering-pin.tsx';
import { FaceRetry } from './screens/face-retry.tsx';
import { Idle } from './screens/idle.tsx';
import { Interrupted } from './screens/interrupted.tsx';
import { MatchingFace } from './screens/matching-face.tsx';
import { OfferingRegistration } from './screens/offering-registration.tsx';
import { Pending } from './screens/pending.tsx';
import { Proving } from './screens/proving.tsx';
import { QualificationOnly } from './screens/qualification-only.tsx';
import { Querying } from './screens/querying.tsx';
import { Reading } from './screens/reading.tsx';
import { Recording } from './screens/recording.tsx';
import { Registering } from './screens/registering.tsx';
import { Restarting } from './screens/restarting.tsx';
import { Stopped } from './screens/stopped.tsx';
import { TakeCard } from './screens/take-card.tsx';
import { TypingCode } from './screens/typing-code.tsx';
import { Unavailable } from './screens/unavailable.tsx';
import { VerifyingPin } from './screens/verifying-pin.tsx';
import { VerifyingStaff } from './screens/verifying-staff.tsx';
import { WarningLastTry } from './screens/warning-last-try.tsx';
import { CameraProbe } from './technician/camera-probe.tsx';
import { TechnicianMenu } from './technician/menu.tsx';

/** One state of the reader, one screen; each question is one too. `key` makes each a fresh one, so that nothing is carried over. */
export function App() {
  const shown = snapshot.value;
  const at = shown?.screen.at ?? 'restarting';
  useLayoutEffect(() => {
    document.body.dataset['screen'] = at;
  }, [at]);
  return (
    <>
      <TopBar />
      {shown ? <ScreenOf key={keyOf(shown.screen)} screen={shown.screen} /> : <Restarting />}
      {shown && <BenchBand shown={shown} />}
      {shown?.probe && <CameraProbe nonce={shown.probe.nonce} />}
      {shown?.technician && <TechnicianMenu view={shown.technician} />}
    </>
  );
}

const keyOf = (screen: Screen): string => (screen.at === 'asking' ? `asking ${screen.question.ask}` : screen.at);

function ScreenOf({ screen }: { screen: Screen }): JSX.Element {
  switch (screen.at) {
    case 'idle':
      return <Idle />;
    case 'unavailable':
      return <Unavailable screen={screen} />;
    case 'reading':
      return <Reading />;
    case 'choosing':
      return <Choosing screen={screen} />;
    case 'matching-face':
      return <MatchingFace screen={screen} />;
    case 'face-retry':
      return <FaceRetry screen={screen} />;
    case 'warning-last-try':
      return <WarningLastTry screen={screen} />;
    case 'entering-pin':
      return <EnteringPin screen={screen} />;
    case 'typing-code':
      return <TypingCode screen={screen} />;
    case 'verifying-pin':
      return <VerifyingPin />;
    case 'proving':
      return <Proving />;
    case 'asking-staff':
      return <AskingStaff screen={screen} />;
    case 'verifying-staff':
      return <VerifyingStaff />;
    case 'offering-registration':
      return <OfferingRegistration />;
    case 'registering':
      return <Registering />;
    case 'qualification-only':
      return <QualificationOnly />;
    case 'asking':
      return <Asking screen={screen} />;
    case 'querying':
      return <Querying screen={screen} />;
    case 'recording':
      return <Recording screen={screen} />;
    case 'pending':
      return <Pending screen={screen} />;
    case 'done':
      return <Done screen={screen} />;
    case 'stopped':
      return <Stopped screen={screen} />;
    case 'interrupted':
      return <Interrupted screen={screen} />;
    case 'take-card':
      return <TakeCard screen={screen} />;
  }
}
