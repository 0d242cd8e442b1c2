import { fakeSid } from "../api/fake-sid.ts";

export interface StoredVersion {
  readonly sid: string;
  readonly functionSid: string;
  readonly path: string;
  readonly visibility: string;
  readonly content: string;
}

export interface StoredBuild {
  readonly sid: string;
  readonly versions: readonly StoredVersion[];
  readonly runtime: string;
  readonly hasFailed: boolean;
  /** How many more times Twilio says that it is building. */
  pollsLeft: number;
}

export interface StoredEnvironment {
  readonly sid: string;
  readonly name: string;
  readonly domain: string;
  build: string | null;
  /** The variables, by SID. */
  readonly variables: Map<string, { readonly key: string; readonly value: string }>;
}

export interface StoredService {
  readonly sid: string;
  readonly name: string;
  readonly includesCredentials: boolean;
  readonly environments: Map<string, StoredEnvironment>;
  /** The names of the functions, by SID. */
  readonly functions: Map<string, string>;
  readonly versions: Map<string, StoredVersion>;
  readonly builds: Map<string, StoredBuild>;
}

/** Creates a service without environments, functions and builds. */
export function createService(name: string, includesCredentials: boolean): StoredService {
  return {
    sid: fakeSid("ZS"),
    name,
    includesCredentials,
    environments: new Map(),
    functions: new Map(),
    versions: new Map(),
    builds: new Map(),
  };
}

/** The status of a build: it is `building` for its first polls. */
export function statusOf({ hasFailed, pollsLeft }: StoredBuild): "building" | "failed" | "completed" {
  if (pollsLeft > 0) return "building";
  return hasFailed ? "failed" : "completed";
}

/** Reads a new version that was uploaded, or returns null if a part is missing. */
export async function readUpload(form: FormData, functionSid: string): Promise<StoredVersion | null> {
  const [path, visibility, content] = [form.get("Path"), form.get("Visibility"), form.get("Content")];
  if (typeof path !== "string" || typeof visibility !== "string" || !(content instanceof File)) return null;
  return { sid: fakeSid("ZN"), functionSid, path, visibility, content: await content.text() };
}
