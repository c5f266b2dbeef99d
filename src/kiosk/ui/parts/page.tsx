import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

type PageProps = {
  readonly title: string;
  /** Drawn at the left; words and buttons stand at the right. Without it the page has one column. */
  readonly picture?: ComponentChildren;
  readonly children?: ComponentChildren;
};

/** One screen: one heading, which takes the focus when the screen appears, so that a screen reader begins there. */
export function Page({ title, picture, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main class={picture ? 'page with-picture' : 'page'}>
      {picture && <div class="picture">{picture}</div>}
      <div class="words">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </div>
    </main>
  );
}
