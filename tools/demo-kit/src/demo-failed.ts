/** The demo cannot go on, for a reason that it can say in a sentence. */
export class DemoFailed extends Error {
  override readonly name = 'DemoFailed';
}

/** The demo was asked to stop, and stops where it is safe. */
export class DemoStopped extends Error {
  override readonly name = 'DemoStopped';
}
