/** Home Assistant's REST API with the owner's token. */
export interface CoreRest {
  /** Resolves with the answer to `GET <url><path>`. Rejects with a `CoreRequestError` if Core refuses. */
  get(path: string): Promise<unknown>;
  /** Resolves with the answer to a JSON `POST <url><path>`. */
  post(path: string, body?: unknown): Promise<unknown>;
  delete(path: string): Promise<unknown>;
}

/** The error of a request that Core answered with a status other than 2xx. */
export class CoreRequestError extends Error {
  override readonly name = "CoreRequestError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Home Assistant's REST API at `url`, such as `http://127.0.0.1:8123`. `token`: an access token. */
export function createCoreRest(url: string, token: string): CoreRest {
  const request = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(new URL(path, url), {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok)
      throw new CoreRequestError(response.status, `${method} ${path}: ${response.status} ${text}`);
    return isJson(response) ? JSON.parse(text) : text;
  };
  return {
    get: (path) => request("GET", path),
    post: (path, body) => request("POST", path, body),
    delete: (path) => request("DELETE", path),
  };
}

function isJson(response: Response): boolean {
  return response.headers.get("content-type")?.startsWith("application/json") ?? false;
}
