export {
  cents,
  sampleAttempt,
  sampleDescriptor,
  sampleObservation,
  sampleOperation,
  samplePlan,
  samplePower,
} from './sample-attempt.ts';
