import { basename } from "node:path";

import { PRIVATE_WORDS } from "./plain-words.ts";
import type { Place } from "./plain-words.ts";
import { typeOf } from "./rule.ts";
import type { Comment, Node, Rule } from "./rule.ts";
import { visitProse } from "./visit-prose.ts";

/** Refuses the words of plain-words.ts in declared names, file names, comments and texts. */
export const plainWords: Rule = {
  create(context) {
    const report = (place: Place, text: string, node: Node | Comment): void => {
      const message = wordProblem(place, text);
      if (message !== null) context.report({ node, message });
    };
    const name = (node: unknown, place: Place = "name"): void => {
      if (typeOf(node) !== "Identifier") return;
      const identifier = node as Node;
      const words = wordsOf(String(identifier["name"]));
      report(place, words, identifier);
      if (place === "type" && wordProblem("type", words) === null) report("name", words, identifier);
    };
    const bound = (pattern: unknown): void => {
      for (const identifier of boundIn(pattern)) name(identifier);
    };
    const parameters = (node: Node): void => {
      for (const parameter of (node["params"] as readonly Node[] | undefined) ?? []) bound(parameter);
    };
    const prose = visitProse(context, (text, node) => report("prose", text.replaceAll(/\s+/g, " "), node));
    return {
      ...prose,
      Program(node) {
        prose["Program"]?.(node);
        report("name", wordsOf(basename(context.filename).replace(/\..*$/, "")), node);
      },
      VariableDeclarator: (node) => bound(node["id"]),
      FunctionDeclaration(node) {
        name(node["id"]);
        parameters(node);
      },
      FunctionExpression: parameters,
      ArrowFunctionExpression: parameters,
      ClassDeclaration: (node) => name(node["id"], "type"),
      TSInterfaceDeclaration: (node) => name(node["id"], "type"),
      TSTypeAliasDeclaration: (node) => name(node["id"], "type"),
      TSPropertySignature: (node) => member(node),
      TSMethodSignature: (node) => member(node),
      PropertyDefinition: (node) => member(node),
      MethodDefinition: (node) => member(node),
      Property: (node) => {
        if (typeOf(node["parent"]) === "ObjectExpression" && node["shorthand"] !== true) member(node);
      },
    };

    function member(node: Node): void {
      const key = node["key"] as Node;
      // Names that others chose: the option `otherwise`, and `once` of an event listener.
      if (node["computed"] !== true && key["name"] !== "otherwise" && key["name"] !== "once") name(key);
    }
  },
};

/** Describes the first private word in a text or name, with its replacement; null if there is none. */
export function wordProblem(place: Place, text: string): string | null {
  if (!ANY[place].test(text)) return null;
  for (const { words, say, places } of PRIVATE_WORDS) {
    const [found] = (places.includes(place) && wholeWords([words], place).exec(text)) || [];
    if (found !== undefined) return `Do not say "${found}": say ${say}.`;
  }
  return null;
}

/** The words of a name in lower case: `isLate`, `IS_LATE` and `is-late` are "is late". */
export function wordsOf(name: string): string {
  return name
    .replaceAll(/([a-z\d])([A-Z])|([A-Z])([A-Z][a-z])|[_-]/g, "$1$3 $2$4")
    .trim()
    .toLowerCase();
}

const ANY: Readonly<Record<Place, RegExp>> = {
  name: wordsOfPlace("name"),
  type: wordsOfPlace("type"),
  prose: wordsOfPlace("prose"),
};

function wordsOfPlace(place: Place): RegExp {
  return wholeWords(
    PRIVATE_WORDS.filter(({ places }) => places.includes(place)).map(({ words }) => words),
    place,
  );
}

/** Matches a whole type name, or a part of another text. */
function wholeWords(alternatives: readonly string[], place: Place): RegExp {
  const any = `(?:${alternatives.join("|")})`;
  return new RegExp(place === "type" ? `^${any}$` : `\\b${any}\\b`, "i");
}

/** The identifiers that a pattern binds: `{ a: b, ...c }` binds b and c. */
function boundIn(pattern: unknown): Node[] {
  const node = pattern as Node;
  switch (typeOf(pattern)) {
    case "Identifier":
      return [node];
    case "ObjectPattern":
      // A shorthand `{ name }` repeats the name of a member that is declared elsewhere.
      return (node["properties"] as readonly Node[]).flatMap((property) =>
        property["shorthand"] === true ? [] : boundIn(property["value"] ?? property["argument"]),
      );
    case "ArrayPattern":
      return (node["elements"] as readonly unknown[]).flatMap(boundIn);
    case "AssignmentPattern":
      return boundIn(node["left"]);
    case "RestElement":
      return boundIn(node["argument"]);
    case null:
    default:
      return [];
  }
}
