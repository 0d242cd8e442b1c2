/** The part of an ESTree node that the rules read. */
export interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** A comment, with its text without the marks around it. */
export interface Comment {
  readonly type: "Line" | "Block" | "Shebang";
  readonly value: string;
  readonly range: readonly [start: number, end: number];
  readonly loc: Location;
}

interface Location {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/** The part of oxlint's rule context (as in ESLint) that the rules use. */
export interface Context {
  readonly filename: string;
  readonly sourceCode: { readonly text: string; getAllComments(): readonly Comment[] };
  report(problem: { readonly node: Node | Comment; readonly message: string }): void;
}

export type Visitor = Readonly<Record<string, (node: Node) => void>>;

export interface Rule {
  create(context: Context): Visitor;
}

/** The type of a node, or null for anything else, such as a missing one. */
export function typeOf(node: unknown): string | null {
  return typeof node === "object" && node !== null && "type" in node ? String(node.type) : null;
}
