/** A set-up step that cannot be done: its message says what happened, what it means and what to do. */
export class Mistake extends Error {}
