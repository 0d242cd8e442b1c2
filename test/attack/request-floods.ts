import { sendRepeatedly } from "./flood.ts";
import type { Flood } from "./flood.ts";
import { filled, FORGED, forgedPost, post } from "./http-text.ts";

/** Headers that each name another public address, which the app must try while it does not know its own. */
const GUESSES = ["X-Forwarded-Host: Other.Example", "X-Forwarded-Port: 8443", "X-Forwarded-Proto: HTTP"];

/** Floods of complete requests, each sent as soon as the one before has been answered. */
export const REQUEST_FLOODS: Readonly<Record<string, Flood>> = {
  "unsigned requests": repeated(32, ({ accountSid }) => [post(`AccountSid=${accountSid}&Body=x`)]),

  "wrong signatures with our AccountSid": repeated(32, ({ accountSid }) => [
    forgedPost(`AccountSid=${accountSid}&MessageSid=SM${"1".repeat(32)}&Body=hi`),
  ]),

  "forms of 256 kB": repeated(16, () => [
    forgedPost("a".repeat(262_144)),
    `POST /webhook HTTP/1.1\r\nHost: x\r\nX-Twilio-Signature: ${FORGED}\r\nTransfer-Encoding: chunked\r\n\r\n40000\r\n${"a".repeat(262_144)}\r\n0\r\n\r\n`,
  ]),

  "forms with many names": repeated(16, () => [
    forgedPost(filled(65_000, "&a=").slice(1)),
    forgedPost(filled(65_000, "&")),
  ]),

  /** The slowest forms that are allowed: 500 names that differ only at their ends, or one name with 500 values. */
  "largest forms": repeated(16, ({ accountSid }) => [
    forgedPost(`AccountSid=${accountSid}${largest((index) => `&${"n".repeat(115)}${500 - index}=%C3%A4`)}`),
    forgedPost(`AccountSid=${accountSid}${largest((index) => `&a=${"%41".repeat(40)}${500 - index}`)}`),
    forgedPost(largest(() => `&%FF=${"%FF".repeat(40)}`).slice(1)),
    forgedPost(`a=${"+".repeat(65_000)}`),
    forgedPost("a".repeat(65_536), GUESSES),
  ]),

  "JSON of 64 kB": repeated(16, () => [
    forgedPost(`{"a":"${"x".repeat(65_000)}"}`, [], `/webhook?bodySHA256=${"0".repeat(64)}`).replace(
      "application/x-www-form-urlencoded",
      "application/json",
    ),
  ]),

  "long queries": repeated(16, () => [
    `GET /webhook?${filled(15_000, "a=1&b=2&")} HTTP/1.1\r\nHost: x\r\nX-Twilio-Signature: ${FORGED}\r\n\r\n`,
    forgedPost("a=1", [], `/webhook?${"%27".repeat(5_000)}`),
    forgedPost("a=1", GUESSES, `/webhook?${filled(15_000, `%FF=${"%FF".repeat(8)}&`).slice(0, -1)}`),
  ]),

  "long paths and headers": repeated(16, () => [
    `GET /talk/${"x".repeat(15_000)}/${"\u0085".repeat(9)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    `GET /${"%E2%80%AE".repeat(1_500)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    `POST /webhook HTTP/1.1\r\nHost: ${"h".repeat(15_000)}\r\nContent-Length: 0\r\n\r\n`,
    post("a=1", [`X-Twilio-Signature: ${"A".repeat(15_000)}`]),
    post(
      "a=1",
      Array.from({ length: 900 }, (_, index) => `X-${index}: y`),
    ),
    `GET /${"x".repeat(40_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
  ]),

  "wrong methods and paths": repeated(32, () =>
    ["PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "HEAD", "TRACE"]
      .flatMap((method) =>
        ["/webhook", "/recording", "/talk/a/b", "/media/x", "/../etc/passwd", "/%00"].map((path) => ({
          method,
          path,
        })),
      )
      .map(({ method, path }) => `${method} ${path} HTTP/1.1\r\nHost: x\r\n\r\n`),
  ),

  "request smuggling": repeated(16, smuggled),

  "a captured webhook": repeated(16, ({ captured }) => [captured]),

  /** More connections than the app accepts at the same time. */
  "unsigned requests on 300 connections": repeated(300, ({ accountSid }) => [
    post(`AccountSid=${accountSid}&Body=x`),
  ]),

  "a captured webhook on 300 connections": repeated(300, ({ captured }) => [captured]),
};

function repeated(connections: number, requests: (target: Parameters<Flood>[0]) => readonly string[]): Flood {
  return (target, signal, count) => {
    const all = requests(target).map((text) => Buffer.from(text, "latin1"));
    return sendRepeatedly(target, signal, count, connections, (index) => all[index % all.length] ?? "");
  };
}

function largest(parameter: (index: number) => string): string {
  return Array.from({ length: 499 }, (_, index) => parameter(index)).join("");
}

/** Requests that contain a second one, which only a server sees that reads the first in another way. */
function smuggled({ accountSid }: Parameters<Flood>[0]): readonly string[] {
  const hidden = post(`AccountSid=${accountSid}&Body=smuggled&MessageSid=SM${"2".repeat(32)}`);
  const start = "POST /webhook HTTP/1.1\r\nHost: x\r\n";
  const length = `Content-Length: ${hidden.length}\r\n`;
  const chunked = "Transfer-Encoding: chunked\r\n";
  return [
    `${start}${length}${chunked}\r\n0\r\n\r\n${hidden}`,
    `${start}${chunked}${length}\r\n0\r\n\r\n${hidden}`,
    `${start}Content-Length: 0\r\n${length}\r\n${hidden}`,
    `${start}Content-Length: 0, ${hidden.length}\r\n\r\n${hidden}`,
    `${start}Content-Length: +${hidden.length}\r\n\r\n${hidden}`,
    `${start}Transfer-Encoding: xchunked\r\n${length}\r\n${hidden}`,
    `${start}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${hidden}`,
    `${start}Transfer-Encoding:\u000bchunked\r\n${length}\r\n0\r\n\r\n${hidden}`,
    `${start}Transfer-Encoding : chunked\r\n${length}\r\n0\r\n\r\n${hidden}`,
    `${start}X-Folded: a\r\n b\r\n${length}\r\n${hidden}`,
    `${start}X-Twilio-Signature: ${FORGED}\r\n\t${FORGED}\r\n${length}\r\n${hidden}`,
    `${start}Host: y\r\n${length}\r\n${hidden}`,
    `${start}${chunked}\r\n1;${"x".repeat(20_000)}\r\na\r\n0\r\n\r\n${hidden}`,
    `${start}${chunked}\r\n0\r\nX-Twilio-Signature: ${FORGED}\r\n\r\n${hidden}`,
    `${start}${chunked}\r\nfffffffffffffffff\r\n${hidden}`,
    `POST http://home.example/webhook HTTP/1.1\r\nHost: x\r\n${length}\r\n${hidden}`,
    `POST /webhook HTTP/1.0\r\n${length}\r\n${hidden}`,
    `POST /webhook HTTP/1.1\n${length}\n${hidden}`,
    `POST /webhook HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n${hidden}`,
    `CONNECT /webhook HTTP/1.1\r\nHost: x\r\n\r\n${hidden}`,
    `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${hidden}`,
  ];
}
