import { races } from './races.ts';

races(Number(process.env.HOLDFAST_RUNS ?? 30));
