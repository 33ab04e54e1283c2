import { workedNumbers } from './worked-numbers.ts';

workedNumbers();
