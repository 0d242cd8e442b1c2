export interface MultipartForm {
  readonly fields: Readonly<Record<string, string>>;
  readonly file: {
    readonly name: string;
    readonly filename: string;
    readonly type: string;
    /** The content of the file, as text. */
    readonly content: string;
  };
}

/**
 * Writes a multipart form with one file. The text `boundary` separates the parts, so no part may contain it. Source:
 * RFC 7578
 */
export function writeMultipart(boundary: string, { fields, file }: MultipartForm) {
  const texts = Object.entries(fields).map(
    ([name, value]) => `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`,
  );
  const { name, filename, type, content } = file;
  const head = `Content-Disposition: form-data; name="${name}"; filename="${filename}"\r\nContent-Type: ${type}`;
  const parts = [...texts, `${head}\r\n\r\n${content}`].map((part) => `--${boundary}\r\n${part}\r\n`);
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: `${parts.join("")}--${boundary}--\r\n`,
  };
}
