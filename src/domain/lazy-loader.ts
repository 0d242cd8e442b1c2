/**
 * Makes a function that calls `load` at its first call and returns the loaded value to all later calls. If `load`
 * fails, for example because no file descriptor is free, the next call calls it again.
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
