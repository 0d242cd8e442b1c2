/** Values in place of a URL that run a script or mislead people. */
export const HOSTILE_LINKS = [
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "java\tscript:alert(1)",
  "java\nscript:alert(1)",
  "\u0001javascript:alert(1)",
  "javascript://twilio.com/%0aalert(1)",
  "https:javascript:alert(1)@evil.example",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:msgbox(1)",
  "blob:https://evil.example/1",
  "file:///etc/passwd",
  "view-source:https://evil.example",
  "intent://evil.example#Intent;scheme=https;end",
  "//evil.example/x",
  "\\\\evil.example\\x",
  "/\\evil.example",
  "/api/hassio/app/stop",
  "../../api/states",
  "media?id=1&x=javascript:alert(1)",
  "https://www.twilio.com@evil.example/docs",
  "https://www.twilio.com:password@evil.example/docs",
  `https://evil.example/${"x".repeat(5_000)}`,
  "https://",
  "",
] as const;

/** Harmless URLs. */
export const HONEST_LINKS = [
  "https://www.twilio.com/docs/errors/21211",
  "http://provider.example:8080/errors?code=1&lang=en#top",
  "https://provider.example/Fehler_(30003)/%C3%BC",
] as const;
