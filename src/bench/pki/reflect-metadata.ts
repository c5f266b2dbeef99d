/**
 * The three functions of the Reflect metadata proposal that @peculiar/x509's dependency injection (tsyringe) asks
 * for before it loads; without them importing it throws. Metadata is kept for one target, without inheritance.
 */
const kept = new WeakMap<object, Map<unknown, unknown>>();

const metadata = {
  defineMetadata(key: unknown, value: unknown, target: object): void {
    const ofTarget = kept.get(target) ?? new Map<unknown, unknown>();
    kept.set(target, ofTarget.set(key, value));
  },
  getOwnMetadata: (key: unknown, target: object) => kept.get(target)?.get(key),
  getMetadata: (key: unknown, target: object) => kept.get(target)?.get(key),
};

if (!('getMetadata' in Reflect)) Object.assign(Reflect, metadata);
