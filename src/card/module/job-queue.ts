/** One job at a time, in the order of asking. */
export interface JobQueue {
  /** Runs `job` when all before it have ended, and gives what it gives. */
  run<T>(job: () => Promise<T>): Promise<T>;
  readonly busy: boolean;
}

export function createJobQueue(): JobQueue {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  return {
    run(job) {
      waiting++;
      const ended = last.then(job).finally(() => waiting--);
      last = ended.catch(() => undefined);
      return ended;
    },
    get busy() {
      return waiting > 0;
    },
  };
}
