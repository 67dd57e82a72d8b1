import { Histogram, type Registry } from 'prom-client';
import type { CallObservation } from './serve-route.js';

const bucketsSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Counts answered calls and how long they took, by method, route and status. */
export function createHttpMetrics(registry: Registry): (call: CallObservation) => void {
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'How long answered API calls took',
    labelNames: ['method', 'path', 'status'] as const,
    buckets: bucketsSeconds,
    registers: [registry],
  });
  return ({ method, path, status, durationMs }) => durations.observe({ method, path, status }, durationMs / 1000);
}
