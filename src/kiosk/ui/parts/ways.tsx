import type { Openness } from '../../protocol.ts';
import { say } from '../link.ts';
import { texts } from '../preferences.ts';
import { Button } from './button.tsx';
import { FaceIcon, KeypadIcon, StaffIcon } from './icons.tsx';

type WayProps = { readonly kind?: 'main' | 'other'; readonly label?: string };

export const FaceWay = ({ kind = 'other', label }: WayProps) => (
  <Button kind={kind} onPress={() => say({ type: 'choose', method: 'face' })}>
    <FaceIcon />
    {label ?? texts.value.useFace}
  </Button>
);

export const PinWay = ({ kind = 'other', label }: WayProps) => (
  <Button kind={kind} onPress={() => say({ type: 'choose', method: 'pin' })}>
    <KeypadIcon />
    {label ?? texts.value.usePin}
  </Button>
);

/** 目視確認: quiet where the patient can go on without. */
export const StaffWay = ({ kind = 'other' }: { readonly kind?: 'main' | 'other' | 'quiet' }) => (
  <Button kind={kind} onPress={() => say({ type: 'ask-staff' })}>
    <StaffIcon />
    {texts.value.useStaff}
  </Button>
);

export const StopWay = () => (
  <Button kind="quiet" onPress={() => say({ type: 'stop' })}>
    {texts.value.stop}
  </Button>
);

/** Why a way is closed, in words; nothing when it is open. */
export function ClosedNote({ openness }: { openness: Openness }) {
  return openness === 'open' ? null : <p class="note">{texts.value.openness[openness]}</p>;
}
