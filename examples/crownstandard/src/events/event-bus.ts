/** An entry of `PutEvents`. */
export interface EventEntry {
  readonly Source: string;
  readonly DetailType: string;
  /** JSON. */
  readonly Detail: string;
  readonly Time: Date;
}

/** Where domain events go, in the shape of EventBridge: give it a client's `putEvents`. */
export interface EventBus {
  /** Takes 10 entries at most, and says which it did not take. */
  putEvents(request: {
    readonly Entries: readonly EventEntry[];
  }): Promise<{ readonly FailedEntryCount?: number | undefined }>;
}

/** How far the journal was published. */
export interface FeedCursor {
  readonly sequence: number;
  readonly digest: string;
}

/** Keeps the cursor, wherever the host keeps such things. */
export interface CursorStore {
  read(): Promise<FeedCursor | undefined>;
  write(cursor: FeedCursor): Promise<void>;
}
