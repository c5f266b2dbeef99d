import type { ComponentChildren } from 'preact';
import { Button } from './button.tsx';
import { Page } from './page.tsx';
import { StopWay } from './ways.tsx';

type YesOrNoProps = {
  readonly words: { readonly title: string; readonly about: string; readonly yes: string; readonly no: string };
  readonly onAnswer: (yes: boolean) => void;
  readonly children?: ComponentChildren;
};

/** A question with two answers that weigh the same. */
export function YesOrNo({ words, onAnswer, children }: YesOrNoProps) {
  return (
    <Page title={words.title}>
      <p>{words.about}</p>
      {children}
      <div class="answers">
        <Button onPress={() => onAnswer(true)}>{words.yes}</Button>
        <Button onPress={() => onAnswer(false)}>{words.no}</Button>
      </div>
      <div class="row ends">
        <StopWay />
      </div>
    </Page>
  );
}
