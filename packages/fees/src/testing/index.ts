export { anySchedule, type ScheduleShape } from './arbitraries.ts';
