import { snapshot } from '../link.ts';
import { texts } from '../preferences.ts';

/** Asks to leave in its place what was placed. */
export function KeepLine() {
  const { keepCard, keepPhone } = texts.value;
  return <p>{snapshot.value?.phone ? keepPhone : keepCard}</p>;
}
