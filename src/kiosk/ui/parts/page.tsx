import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

type PageProps = {
  readonly title: string;
  /** Drawn at the left; words and buttons stand at the right. Without it the page has one column. */
  readonly picture?: ComponentChildren;
  /** Stands at the right of the words: the PIN pad. */
  readonly side?: ComponentChildren;
  readonly children?: ComponentChildren;
};

/** One screen: one heading, which takes the focus when the screen appears, so that a screen reader begins there. */
export function Page({ title, picture, side, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  return (
    <main class={`page ${picture ? 'with-picture' : ''} ${side ? 'with-side' : ''}`}>
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
