/** Something a person can mend: its message says what happened and what to do, and is printed without a stack. */
export class Mistake extends Error {}
