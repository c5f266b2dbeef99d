import { checkScreens } from './check-screens.ts';

checkScreens('zh-Hans');
