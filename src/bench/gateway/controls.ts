/** What the bench can make its gateway do: the dock and the tests set these, the gateway only reads them. */
export type GatewayMode =
  | 'normal'
  /** Connections are refused or dropped. */
  | 'down'
  /** Status 500 to everything. */
  | 'error-500'
  /** A page of HTML where JSON belongs. */
  | 'not-json'
  /** JSON that the protocol does not allow. */
  | 'wrong-schema'
  /** A well-formed answer that belongs to another reception. */
  | 'other-reception'
  | 'too-large'
  | 'too-deep';

export type GatewayControls = {
  mode: GatewayMode;
  /** How long the eligibility query takes, in milliseconds. */
  eligibilityMs: number;
  /** How long everything else takes, in milliseconds. */
  otherMs: number;
  /** Added to both. */
  slowMs: number;
  /** How many of the next eligibility queries are answered "in progress". */
  inProgress: number;
  /** Eligibility queries end abnormally (`SegmentOfResult` 9). */
  abnormal: boolean;
  /** How many of the next answers are lost after the work was done. */
  loseAnswers: number;
  /** Readers whose certificate is good but which are no longer admitted. */
  readonly refusedReaders: Set<string>;
};

export type Latency = Partial<Pick<GatewayControls, 'eligibilityMs' | 'otherMs'>>;

export function normalControls(latency: Latency = {}): GatewayControls {
  return {
    mode: 'normal',
    eligibilityMs: 0,
    otherMs: 0,
    slowMs: 0,
    inProgress: 0,
    abnormal: false,
    loseAnswers: 0,
    refusedReaders: new Set(),
    ...latency,
  };
}

/** The body to send in this mode instead of `body`, as text; undefined when the mode leaves bodies alone. */
export function spoiled(mode: GatewayMode, body: object): string | undefined {
  switch (mode) {
    case 'not-json':
      return '<html><body>Service portal</body></html>';
    case 'wrong-schema':
      return JSON.stringify({ ...body, unexpected: true });
    case 'other-reception':
      return JSON.stringify({ ...body, receptionId: 'another-reception' });
    case 'too-large':
      return `${JSON.stringify(body)}${' '.repeat(1_100_000)}`;
    case 'too-deep':
      return `${'['.repeat(1_000)}${']'.repeat(1_000)}`;
    default:
      return undefined;
  }
}
