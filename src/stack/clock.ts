/** Virtual time. The stack asks for timers; the fabric keeps the queue. */
export interface Clock {
  /** Milliseconds since the network was built. */
  readonly now: number;
  /** Runs `action` after `delay` milliseconds of virtual time; equal times run in the order in which they were asked. */
  after(delay: number, action: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}
