/**
 * Certificates of public subsidies (医療費助成の受給者証), as PMH tells of them. How a result names them was not found in
 * public text: the elements are the bench's own, and their names say so. All numbers are invented.
 */
import { japanDay } from '../../clinic/japan-time.ts';
import type { OqsGroup } from '../../eligibility/gateway-types.ts';

type Subsidy = {
  /** 公費負担者番号: the first two digits are the law's number. */
  readonly payer: string;
  readonly recipient: string;
  readonly selfPay: string;
  /** The last day, YYYYMMDD. @param birth YYYY-MM-DD @param today YYYYMMDD */
  endsOn(birth: string, today: string): string;
};

/** こども医療費: until the 31 March that follows the 18th birthday; who is born on 1 April is a year ahead. */
const children: Subsidy = {
  payer: '83139999',
  recipient: '0000017',
  selfPay: '200',
  endsOn: (birth) => `${Number(birth.slice(0, 4)) + (birth.slice(5) <= '04-01' ? 18 : 19)}0331`,
};

/** 指定難病 (法別 54): renewed each year, until 30 September. */
const intractableDisease: Subsidy = {
  payer: '54139999',
  recipient: '0000025',
  selfPay: '10000',
  endsOn: (_birth, today) => `${Number(today.slice(0, 4)) + (today.slice(4) > '0930' ? 1 : 0)}0930`,
};

const ofPersona: Readonly<Record<string, Subsidy>> = {
  'child-subsidy': children,
  'grown-up-subsidy': children,
  'intractable-disease': intractableDisease,
};

/** The elements of the certificate that this person could use on that day; undefined when there is none. */
export function subsidyOf(person: { readonly personaId: string; readonly birth: string }, now: Date): OqsGroup | undefined {
  const subsidy = ofPersona[person.personaId];
  const endsOn = subsidy?.endsOn(person.birth, japanDay(now));
  if (!subsidy || !endsOn || endsOn < japanDay(now)) return undefined;
  return {
    BenchSubsidyCertificateInfo: {
      BenchSubsidyPayerNumber: subsidy.payer,
      BenchSubsidyRecipientNumber: subsidy.recipient,
      BenchSubsidyValidEndDate: endsOn,
      BenchSubsidySelfPay: subsidy.selfPay,
    },
  };
}
