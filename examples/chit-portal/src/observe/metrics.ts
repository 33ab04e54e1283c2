import type { Book } from '@holdfast/kernel';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What the portal counts: the seed's five, and the book's writer. */
export interface Metrics {
  readonly registry: Registry;
  readonly requests: Histogram<'method' | 'route' | 'status'>;
  readonly queries: Histogram;
  readonly auth: Counter<'action' | 'outcome'>;
  readonly payments: Counter<'outcome'>;
  readonly jobs: Histogram<'job' | 'outcome'>;
}

/** Makes counters of a registry of their own, so that two portals in one process do not meet. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    requests: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from a request to the end of its answer',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5],
      registers,
    }),
    queries: new Histogram({
      name: 'database_query_duration_seconds',
      help: 'Time of a statement on the tables of the portal',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1],
      registers,
    }),
    auth: new Counter({
      name: 'auth_attempts_total',
      help: 'Attempts to sign in, refresh or reset, by outcome',
      labelNames: ['action', 'outcome'],
      registers,
    }),
    payments: new Counter({ name: 'payments_total', help: 'Payments by outcome', labelNames: ['outcome'], registers }),
    jobs: new Histogram({
      name: 'job_duration_seconds',
      help: 'Time of a background job',
      labelNames: ['job', 'outcome'],
      buckets: [0.01, 0.1, 1, 10, 60, 600],
      registers,
    }),
  };
}

/** Also shows what the process and the book's writer do. */
export function watchBook({ registry }: Metrics, book: Pick<Book, 'metrics'>): void {
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 });
  new Gauge({
    name: 'book_writer',
    help: 'What the writer of the book counted since it was opened',
    labelNames: ['figure'],
    registers: [registry],
    collect() {
      for (const [figure, value] of Object.entries(book.metrics())) {
        if (typeof value === 'number') this.set({ figure }, value);
      }
    },
  });
}
