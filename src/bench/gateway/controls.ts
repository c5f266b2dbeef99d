import type { FacilitySettings } from '../../eligibility/gateway-types.ts';
import type { MaintenanceWindow } from './maintenance.ts';

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
  /** And up to so much longer, at random. */
  eligibilitySpreadMs: number;
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
  /** OCSP responder and revocation list cannot be had. */
  ocspDown: boolean;
  crlDown: boolean;
  maintenance: readonly MaintenanceWindow[];
  facility: FacilitySettings;
  /** Readers whose certificate is good but which are no longer admitted. */
  readonly refusedReaders: Set<string>;
};

export type Latency = Partial<Pick<GatewayControls, 'eligibilityMs' | 'eligibilitySpreadMs' | 'otherMs'>>;

/** As a clinic begins, except that treatment and surgery are asked for too. */
const usualFacility: FacilitySettings = {
  kind: 'clinic',
  /** Ten digits, invented: prefecture 99 does not exist. */
  medicalInstitutionCode: '9919999999',
  consentItems: ['medicines', 'checkups', 'treatment', 'surgery', 'specific-diseases'],
  electronicPrescription: '0',
  prescriptionAsked: '1',
};

export function normalControls(latency: Latency = {}): GatewayControls {
  return {
    mode: 'normal',
    eligibilityMs: 0,
    eligibilitySpreadMs: 0,
    otherMs: 0,
    slowMs: 0,
    inProgress: 0,
    abnormal: false,
    loseAnswers: 0,
    ocspDown: false,
    crlDown: false,
    maintenance: [],
    facility: usualFacility,
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
