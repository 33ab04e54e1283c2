/** A document is not what was ever written: somebody changed it, or the disk did. Read as a fault, never made to fit. */
export class CorruptDocument extends Error {
  override readonly name = 'CorruptDocument';
}
