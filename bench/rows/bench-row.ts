import type { Closers } from '../harness/closers.ts';
import type { RowReport } from '../report/row-report.ts';

export interface BenchRowContext {
  /** An empty folder on the disk to measure on. */
  folder: string;
  /** Closed when the row ends, and when the bench is interrupted. */
  opened: Closers;
  /** One line for a person who waits. */
  progress: (message: string) => void;
  cpuProfileDir: string | undefined;
  /** Deliveries that an endpoint with a backlog begins with. */
  backlog: number;
  /** How many a database that has grown holds. */
  incidents: number;
}

export type BenchRow = (context: BenchRowContext) => Promise<RowReport>;

/** Of each row: an odd number, so that the median is a round that was. */
export const ROUNDS = 3;
