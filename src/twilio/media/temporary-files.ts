import { createHash } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat, writeFile, type FileHandle } from "node:fs/promises";
import { join } from "node:path";

import type { Chance } from "../../domain/chance.ts";
import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { TemporaryFileStore } from "../../media/ports.ts";

/** In milliseconds. Twilio fetches a file soon after it was asked to send it. */
const OFFERED_MS = 600_000;
const MOST_BYTES = 200_000_000;
const MOST_FILES = 1_000;

export interface TemporaryFile {
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  /** Its user closes it. */
  open(): Promise<FileHandle>;
}

/** What is offered at present. Disposing forgets the timers, not the files. */
export interface TemporaryFiles extends TemporaryFileStore, Disposable {
  /** Null for what is not offered, any more or at all. */
  find(token: string): TemporaryFile | null;
}

export interface TemporaryFilesOptions {
  /** Holds nothing else. */
  readonly directory: string;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly logger: Logger;
  /** Shortened by tests. */
  readonly lifetimeMs?: number;
  readonly maxBytes?: number;
}

interface Entry {
  readonly file: string;
  readonly type: string;
  readonly size: number;
  readonly expiresAt: number;
}

/**
 * Files that whoever knows their token may fetch for ten minutes, also over a restart. A file's name tells all that is
 * known of it, so that there is no second place that could say something else.
 */
export async function openTemporaryFiles(options: TemporaryFilesOptions): Promise<TemporaryFiles> {
  const { directory, clock, chance, logger, lifetimeMs = OFFERED_MS, maxBytes = MOST_BYTES } = options;
  /** By the token's hash: comparing hashes tells nobody how much of a guessed token was right. */
  const entries = new Map<string, Entry>();
  const expiries = new Map<string, AbortController>();
  await takeOver().catch(() =>
    logger.warning("What was offered to Twilio before the start cannot be read, and is offered no more."),
  );

  async function takeOver(): Promise<void> {
    const names = await readdir(directory).catch(noneYet);
    for (const name of names) {
      const file = join(directory, name);
      const known = parseMediaFileName(name);
      const left = known === null ? 0 : known.expiresAt - clock.now();
      // More than that nothing was ever given: the clock was set back.
      if (known === null || left <= 0 || left > lifetimeMs) await rm(file, { force: true, recursive: true });
      else add(hashed(known.token), { ...known, file, size: (await stat(file)).size });
    }
  }

  function add(key: string, entry: Entry): void {
    entries.set(key, entry);
    const ended = new AbortController();
    expiries.set(key, ended);
    void expire(key, entry.expiresAt, ended.signal);
  }

  async function expire(key: string, at: number, ended: AbortSignal): Promise<void> {
    await clock.wait(Math.max(0, at - clock.now()), ended);
    if (!ended.aborted) remove(key);
  }

  function remove(key: string): void {
    const file = entries.get(key)?.file;
    expiries.get(key)?.abort();
    expiries.delete(key);
    entries.delete(key);
    if (file !== undefined) void rm(file, { force: true }).catch(() => undefined);
  }

  async function write({ file }: Entry, content: Uint8Array): Promise<void> {
    await mkdir(directory, { recursive: true });
    const unfinished = `${file}.new`;
    try {
      await writeFile(unfinished, content, { mode: 0o600, flag: "wx", flush: true });
      await rename(unfinished, file);
    } catch (error) {
      await rm(unfinished, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  return {
    async add({ type, content }) {
      const taken = [...entries.values()].reduce((sum, { size }) => sum + size, 0);
      if (taken + content.length > maxBytes || entries.size >= MOST_FILES) {
        const message = `the app offers ${Math.round(taken / 1_000_000)} MB of media already. There is room again within ten minutes.`;
        return { ok: false, message };
      }
      const token = chance.bytes(24).toString("base64url");
      const key = hashed(token);
      const expiresAt = clock.now() + lifetimeMs;
      const file = join(directory, mediaFileName({ token, type, expiresAt }));
      const entry = { file, type, size: content.length, expiresAt };
      // Before it is written, so that others see how much room is left.
      add(key, entry);
      try {
        await write(entry, content);
        return { ok: true, token };
      } catch {
        remove(key);
        return { ok: false, message: "the app cannot write it to its disk. Is that full?" };
      }
    },
    find(token) {
      const entry = entries.get(hashed(token));
      if (entry === undefined || entry.expiresAt <= clock.now()) return null;
      return { type: entry.type, size: entry.size, open: () => open(entry.file) };
    },
    [Symbol.dispose]() {
      for (const ended of expiries.values()) ended.abort();
    },
  };
}

function hashed(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

function noneYet(error: NodeJS.ErrnoException): string[] {
  if (error.code === "ENOENT") return [];
  throw error;
}

export interface MediaFileName {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly type: string;
}

const NAME = /^([\w-]{22,})\.(\d{1,16})\.([\w-]+)~([\w.+-]+)$/;

/** `<token>.<expiry>.image~jpeg` */
export function mediaFileName({ token, expiresAt, type }: MediaFileName): string {
  return `${token}.${expiresAt}.${type.replace("/", "~")}`;
}

/** Null for the name of anything else, such as a file that was never finished. */
export function parseMediaFileName(name: string): MediaFileName | null {
  const [, token, expiresAt, type, subtype] = NAME.exec(name) ?? [];
  return token === undefined ? null : { token, expiresAt: Number(expiresAt), type: `${type}/${subtype}` };
}
