/** Releases are numbered X.Y.Z, each part a plain number: nothing else can be told older from newer without argument. */
const FORM = /^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/;

export function isVersion(text: string): boolean {
  return FORM.test(text);
}

/** Below zero when `a` is older than `b`, above when newer, zero when they are one. Both must be versions. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  const at = left.findIndex((part, index) => part !== right[index]);
  return at === -1 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}

export function isNewer(version: string, than: string): boolean {
  return compareVersions(version, than) > 0;
}

function partsOf(version: string): readonly number[] {
  const match = FORM.exec(version);
  if (match === null) throw new Error(`"${version}" is no version`);
  return match.slice(1).map(Number);
}
