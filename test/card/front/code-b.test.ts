import { expect, test } from 'vitest';
import { composeCodeB } from '../../../src/card/front/code-b.ts';

const composed = (birth: string, expiryYear: number, securityCode: string) => {
  const code = composeCodeB(birth, expiryYear, securityCode);
  return code && Buffer.from(code).toString('latin1');
};

test.each([
  ['born 昭和55年2月17日', '1980-02-17', '55021720352285'],
  ['the last day of 明治', '1912-07-29', '45072920352285'],
  ['the first day of 大正', '1912-07-30', '01073020352285'],
  ['the last day of 大正', '1926-12-24', '15122420352285'],
  ['the first day of 昭和', '1926-12-25', '01122520352285'],
  ['the last day of 昭和', '1989-01-07', '64010720352285'],
  ['the first day of 平成', '1989-01-08', '01010820352285'],
  ['the last day of 平成', '2019-04-30', '31043020352285'],
  ['the first day of 令和', '2019-05-01', '01050120352285'],
])('%s', (_name, birth, expected) => {
  expect(composed(birth, 2035, '2285')).toBe(expected);
});

test.each([
  ['a day that does not exist', '1981-02-29', 2035, '2285'],
  ['no date', 'yesterday', 2035, '2285'],
  ['before 明治', '1850-01-01', 2035, '2285'],
  ['a security code of three digits', '1981-02-28', 2035, '228'],
  ['full-width digits', '1981-02-28', 2035, '２２８５'],
  ['an expiry before the first card', '1981-02-28', 1999, '2285'],
])('%s is no 照合番号B', (_name, birth, expiryYear, securityCode) => {
  expect(composed(birth, expiryYear, securityCode)).toBeUndefined();
});
