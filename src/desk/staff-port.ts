import type { StaffPort } from '../reception/ports.ts';
import type { KeptFacilityOptions } from './facility-options.ts';
import type { FacilityPassword } from './facility-password.ts';
import type { KeptStaffNews } from './staff-news.ts';

export type StaffPortOptions = {
  readonly password: FacilityPassword;
  readonly options: KeptFacilityOptions;
  readonly news: KeptStaffNews;
};

/** The people behind the counter, as a reception sees them. */
export function createStaffPort({ password, options, news }: StaffPortOptions): StaffPort {
  return {
    verifyPassword: (entry, signal) => entry.spend((digits) => password.verify(digits, signal)),
    options: options.options,
    watch: options.watch,
    tell: news.keep,
    tellName: news.keepName,
  };
}
