/** Bounds of what is waited for and read. No single wait is longer than 10 s. */
export type GatewayLimits = {
  readonly openMs: number;
  readonly evidenceMs: number;
  readonly relayMs: number;
  /** Registration, consent or settlement. */
  readonly changeMs: number;
  /** One question for the eligibility; a gateway that needs longer says that it is in progress. */
  readonly answerMs: number;
  /** All questions for the eligibility together. */
  readonly eligibilityMs: number;
  readonly maxAnswerBytes: number;
  readonly maxDepth: number;
  /** So many failures in a row, and nothing is asked for this long; each failure after it doubles the rest. */
  readonly failuresToRest: number;
  readonly restMs: number;
  readonly longestRestMs: number;
};

export const usualLimits: GatewayLimits = {
  openMs: 5_000,
  evidenceMs: 8_000,
  relayMs: 5_000,
  changeMs: 5_000,
  answerMs: 8_000,
  eligibilityMs: 30_000,
  maxAnswerBytes: 1_048_576,
  maxDepth: 16,
  failuresToRest: 3,
  restMs: 10_000,
  longestRestMs: 60_000,
};
