export interface MongodExit {
  /** For people: `SIGKILL`, `exit code 48`. */
  how: string;
  code: number | undefined;
}

/** A running mongod, whether we started it or a process before us did. */
export interface MongodProcess {
  readonly pid: number;
  readonly port: number;
  readonly adopted: boolean;
  /** Where in its log file this run begins. */
  readonly logStart: number;
  /** Fulfilled when it is gone. */
  readonly exited: Promise<MongodExit>;
  /** Sends a signal; does nothing once the process is gone. */
  signal(name: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}
