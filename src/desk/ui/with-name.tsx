/** What no text of ours has, to stand where a name will. */
const PLACE = '\n';

type Props = { readonly words: (name: string) => string; readonly name: string };

/** A sentence with somebody's name in it: whichever way the name is written, the words around it keep theirs. */
export function WithName({ words, name }: Props) {
  const [before, after] = words(PLACE).split(PLACE);
  return (
    <>
      {before}
      <bdi class="name">{name}</bdi>
      {after}
    </>
  );
}
