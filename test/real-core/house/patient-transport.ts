import type { Transport } from "../../../src/domain/transport.ts";

export interface PatientTransport {
  readonly transport: Transport;
  /** Resolves when Core has answered all requests, also those that the app has cancelled. */
  settled(): Promise<void>;
}

/**
 * Wraps a transport, but a request that the app cancels goes on. Core carries out a request that it has got, even if the
 * app no longer waits for it. Without this wait, such a request would store a script during the next test.
 */
export function createPatientTransport(transport: Transport): PatientTransport {
  const open = new Set<Promise<unknown>>();
  return {
    transport: {
      ...transport,
      async request(url, { signal, ...options } = {}) {
        // The app has cancelled this request before it began, so it never begins.
        if (signal?.aborted === true) return await transport.request(url, { signal, ...options });
        const sent = transport.request(url, options);
        const over = Promise.allSettled([sent]).finally(() => open.delete(over));
        open.add(over);
        if (signal === undefined) return await sent;
        const cancelled = Promise.withResolvers<never>();
        const cancel = (): void => {
          cancelled.reject(signal.reason);
          void sent.then(({ body }) => body.destroy()).catch(() => {});
        };
        signal.addEventListener("abort", cancel, { once: true });
        try {
          return await Promise.race([sent, cancelled.promise]);
        } finally {
          signal.removeEventListener("abort", cancel);
        }
      },
    },
    async settled() {
      await Promise.all(open);
    },
  };
}
