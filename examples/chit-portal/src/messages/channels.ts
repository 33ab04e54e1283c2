/** Hands a message to the outside. Throws where it could not: it is tried again later. */
export interface Channels {
  /** `id` is the same when a message comes twice. */
  mail(message: {
    readonly id: string;
    readonly to: string;
    readonly subject: string;
    readonly text: string;
  }): Promise<void>;
  sms(message: { readonly id: string; readonly to: string; readonly text: string }): Promise<void>;
}

/** Sends mail: one half of {@link Channels}. */
export type SendMail = Channels['mail'];
