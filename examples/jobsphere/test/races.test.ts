import { races } from './races.ts';

races(Math.min(200, Number(process.env.HOLDFAST_RUNS ?? 30)));
