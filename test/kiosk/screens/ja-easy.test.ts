import { checkScreens } from './check-screens.ts';

checkScreens('ja-easy');
