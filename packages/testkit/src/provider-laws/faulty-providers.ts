import { faultyAnswers } from './faulty-answers.ts';
import { faultyCalls } from './faulty-calls.ts';
import type { FaultyProvider } from './faulty-provider.ts';

/** Providers with one real mistake each. A suite of laws that lets one of them pass is itself broken. */
export const faultyProviders: readonly FaultyProvider[] = [...faultyAnswers, ...faultyCalls];
