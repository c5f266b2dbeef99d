import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useFit } from './use-fit.ts';

type PageProps = {
  readonly title: string;
  /** Drawn at the left; words and buttons stand at the right. Without it the page has one column. */
  readonly picture?: ComponentChildren;
  /** Stands at the right of the words: the PIN pad. */
  readonly side?: ComponentChildren;
  /** `strong`: seen from some steps away, without a colour of alarm. */
  readonly tone?: 'calm' | 'strong';
  readonly children?: ComponentChildren;
};

/** One screen: one heading, which takes the focus when the screen appears, so that a screen reader begins there. */
export function Page({ title, picture, side, tone = 'calm', children }: PageProps) {
  const place = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  useFit(place);
  return (
    <main ref={place} class={`page ${tone} ${picture ? 'with-picture' : ''} ${side ? 'with-side' : ''}`}>
      {picture && <div class="picture">{picture}</div>}
      <div class="words">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </div>
      {side && <div class="side">{side}</div>}
    </main>
  );
}
