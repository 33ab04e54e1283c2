/**
 * Hands a message to the outside. What it gives is done when the provider has taken the message over; it throws (or rejects) where he has not, and then the
 * message is tried again later. It may be asked twice for one message, under the same `id`: a provider who knows of such ids sends it once.
 */
export interface Channels {
  mail(message: {
    /** The same when a message comes twice. */
    readonly id: string;
    /** A mail address. */
    readonly to: string;
    readonly subject: string;
    /** Plain text. */
    readonly text: string;
  }): Promise<void>;
  /** Sends a short message. The portal knows no provider of them: whoever runs it gives one here. */
  sms(message: {
    /** The same when a message comes twice: a provider's own key for that. */
    readonly id: string;
    /** A telephone number in the form of E.164, such as `+919812345678`. */
    readonly to: string;
    /** Plain text of one or two sentences, with characters beyond GSM-7 (`₹`): a provider may split it. It holds no secret. */
    readonly text: string;
  }): Promise<void>;
}

/** Sends mail: one half of {@link Channels}. */
export type SendMail = Channels['mail'];
