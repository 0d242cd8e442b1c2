/**
 * Makes a function that loads something at its first call and returns the same to all later calls. After a failure, for
 * example without a free file descriptor, the next call loads it again.
 */
export function createLazyLoader<Loaded>(load: () => Promise<Loaded>): () => Promise<Loaded> {
  let loading: Promise<Loaded> | null = null;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
}
