/**
 * Makes a function that loads something when it is first asked for, once for all who ask. What could not be loaded, for
 * want of a descriptor say, is loaded again when it is next asked for.
 */
export function loadOnce<Loaded>(load: () => Promise<Loaded>): () => Promise<Loaded> {
  let loading: Promise<Loaded> | null = null;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
}
