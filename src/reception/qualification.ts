/**
 * The eligibility result as the national format words it (OQS `XmlMsg`): the element
 * names are the format's own, so that gateway, record and clinic file speak of the same things.
 * Every value is text as it stands in the format: leading zeros and spaces are kept.
 */

/** 資格有効性 (code 006): 1 valid, 2 invalid, 3 invalid with a newer one, 4 none, 5 several, 6 valid but unregistered 医療扶助. */
export type QualificationValidity = '1' | '2' | '3' | '4' | '5' | '6';

/** 同意区分 (code 016): 0 not given, 1 given, 2 expired, 3 could not be asked. */
export type ConsentFlag = '0' | '1' | '2' | '3';

/** The groups of medical information whose sharing the patient decides (code 036). */
export type ConsentItem = 'medicines' | 'checkups' | 'treatment' | 'surgery';

/** What was answered at this reader, by 同意区分; an item that was not asked is absent. */
export type ConsentAnswers = { readonly [item in ConsentItem | 'specific-diseases']?: ConsentFlag };

/** A group of elements; nested groups keep their order. */
export type OqsGroup = { readonly [element: string]: string | OqsGroup | readonly OqsGroup[] };

/** `MessageBody/ResultList/ResultOfQualificationConfirmation`, as one group. */
export type Qualification = OqsGroup;

/** What the gateway says of a person's eligibility. */
export type EligibilityAnswer = {
  /** `SegmentOfResult`: 1 answered, 9 abnormal. "2 in progress" is waited for inside the gateway client. */
  readonly segmentOfResult: '1' | '9';
  readonly errorCode?: string;
  readonly errorMessage?: string;
  /** 処理結果コード and its message, also beside a success: the certificate ends within three months. */
  readonly note?: { readonly code: string; readonly message: string };
  readonly validity: QualificationValidity;
  /** Empty when nobody was found. */
  readonly qualifications: readonly Qualification[];
};
