export interface LiveParts {
  readonly live: {
    /** Calls `listener` after each change of what pages show, until what it returns is called. */
    readonly onChange: (listener: () => void) => () => void;
    /** Aborts when the app stops: pages that listen are let go. */
    readonly stopping: AbortSignal;
  };
}
