export { type AnyCommand, anyCommandOf, type CommandOptions } from './arbitraries.ts';
