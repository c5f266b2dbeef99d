/** What a technician did at the unit itself. Nobody's name: whoever knows the password is a technician. */
export type TechnicianEvent =
  | { readonly name: 'technician.entered' }
  | { readonly name: 'technician.refused'; readonly reason: 'wrong' | 'locked' | 'no-password' | 'not-counted' }
  /** `idle`: nobody touched anything for some minutes. */
  | { readonly name: 'technician.left'; readonly why: 'done' | 'idle' | 'closed' }
  /** A test by hand, and what the person at the unit said of it. */
  | { readonly name: 'technician.tested'; readonly part: string; readonly works: boolean }
  /** `failed`: the parts that did not pass. */
  | { readonly name: 'self-test.done'; readonly passed: boolean; readonly failed: readonly string[] };
