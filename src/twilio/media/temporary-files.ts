import { createHash } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat, writeFile, type FileHandle } from "node:fs/promises";
import { join } from "node:path";

import type { Chance } from "../../domain/chance.ts";
import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { TemporaryFileStore } from "../../media/ports.ts";

/** For how long the app publishes a file, in milliseconds. Twilio fetches the file soon after the message's POST. */
const PUBLISHED_MS = 600_000;
const MOST_BYTES = 200_000_000;
const MOST_FILES = 1_000;
/**
 * The end of an incomplete file's name. A published file's name has only one `~`, so `parseMediaFileName` does not
 * accept this name.
 */
export const UNFINISHED = "~new";

export interface TemporaryFile {
  readonly type: string;
  /** The size of the file in bytes. */
  readonly size: number;
  /** Opens the file for reading. The caller must close it. */
  open(): Promise<FileHandle>;
}

/** Files that Twilio can fetch from the app for ten minutes. Disposing stops the timers, and keeps the files. */
export interface TemporaryFiles extends TemporaryFileStore, Disposable {
  /** Finds the file with this token; null if the app does not publish such a file. */
  find(token: string): TemporaryFile | null;
}

export interface TemporaryFilesOptions {
  /** The folder of the published files. The app deletes all other files in it. */
  readonly directory: string;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly logger: Logger;
  /** For how long a file is published, in milliseconds. Tests set a shorter time. */
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
 * Publishes files for ten minutes, even if the app restarts meanwhile. Anybody who knows a file's token can fetch the
 * file. Token, type and end time are parts of the file's name, so the app needs no separate list that could differ from
 * the files.
 */
export async function openTemporaryFiles(options: TemporaryFilesOptions): Promise<TemporaryFiles> {
  const { directory, clock, chance, logger, lifetimeMs = PUBLISHED_MS, maxBytes = MOST_BYTES } = options;
  /**
   * The published files; each key is the hash of a file's token. A look-up compares only hashes, so the time that it
   * takes tells an attacker nothing about the token.
   */
  const entries = new Map<string, Entry>();
  const expiries = new Map<string, AbortController>();
  if (!(await loadExisting())) {
    logger.warning(
      "The app could not read some pictures and sounds that it stored before this start, so Twilio may not get them. If a message arrives without its picture, send the message again.",
    );
  }

  /** Loads the files from before this start. Returns whether all could be read. One bad file does not hide others. */
  async function loadExisting(): Promise<boolean> {
    const names = await readdir(directory).catch(emptyIfMissing);
    const loaded = await Promise.allSettled((names ?? []).map(loadFile));
    return names !== null && loaded.every(({ status }) => status === "fulfilled");
  }

  async function loadFile(name: string): Promise<void> {
    const file = join(directory, name);
    const known = parseMediaFileName(name);
    const left = known === null ? 0 : known.expiresAt - clock.now();
    // Removes files that the app did not publish, and expired files. If a file has more time left than `lifetimeMs`,
    // the system clock was set back, so the file is removed, too.
    if (known === null || left <= 0 || left > lifetimeMs) await rm(file, { force: true, recursive: true });
    else add(hashed(known.token), { ...known, file, size: (await stat(file)).size });
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
    const unfinished = file + UNFINISHED;
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
        const message = `the app already publishes ${Math.round(taken / 1_000_000)} MB of media. Try again in ten minutes.`;
        return { ok: false, message };
      }
      const token = chance.bytes(24).toString("base64url");
      const key = hashed(token);
      const expiresAt = clock.now() + lifetimeMs;
      const file = join(directory, mediaFileName({ token, type, expiresAt }));
      const entry = { file, type, size: content.length, expiresAt };
      // Counts the size before the file is written. Otherwise files that arrive at the same time could exceed the limit
      // together.
      add(key, entry);
      try {
        await write(entry, content);
        return { ok: true, token };
      } catch {
        remove(key);
        return {
          ok: false,
          message: "the app cannot write it to its disk. Make sure that the disk is not full.",
        };
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

/** An empty list if the folder does not exist, or null if the app cannot read it. */
function emptyIfMissing(error: NodeJS.ErrnoException): string[] | null {
  return error.code === "ENOENT" ? [] : null;
}

export interface MediaFileName {
  readonly token: string;
  /** The time until which the file is published, in milliseconds since 1970. */
  readonly expiresAt: number;
  readonly type: string;
}

const NAME = /^([\w-]{22,})\.(\d{1,16})\.([\w-]+)~([\w.+-]+)$/;

/** Makes the name of a published file: `<token>.<end time>.image~jpeg`. */
export function mediaFileName({ token, expiresAt, type }: MediaFileName): string {
  return `${token}.${expiresAt}.${type.replace("/", "~")}`;
}

/** Reads the name of a published file. Returns null for other names, such as that of an incomplete file. */
export function parseMediaFileName(name: string): MediaFileName | null {
  const [, token, expiresAt, type, subtype] = NAME.exec(name) ?? [];
  return token === undefined ? null : { token, expiresAt: Number(expiresAt), type: `${type}/${subtype}` };
}
