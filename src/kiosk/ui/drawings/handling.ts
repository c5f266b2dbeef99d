/** `place`: the card comes to its place; `lies`: it is there; `take`: it is taken away; `scan`: it is being read. */
export type Handling = 'place' | 'lies' | 'take' | 'scan';
