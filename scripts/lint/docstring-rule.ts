import type { Context, Node, Rule } from "./rule.ts";
import { typeOf } from "./rule.ts";

/** Asks for a comment `/** … *\/` directly above every exported function. */
export const docstring: Rule = {
  create(context) {
    return {
      ExportNamedDeclaration(node) {
        const name = functionName(node["declaration"]);
        if (name === null || hasDocstring(context, node)) return;
        context.report({
          node,
          message: `Say in a docstring what ${name} does: shapes, units, errors, source.`,
        });
      },
    };
  },
};

/** The name of a declared function, also of one that is a constant; null for any other declaration. */
function functionName(declaration: unknown): string | null {
  const node = declaration as Node;
  const type = typeOf(declaration);
  if (type === "FunctionDeclaration" || type === "TSDeclareFunction") return nameOf(node);
  if (type !== "VariableDeclaration") return null;
  const [first] = node["declarations"] as readonly Node[];
  return first !== undefined && typeOf(first["init"]) === "ArrowFunctionExpression" ? nameOf(first) : null;
}

function nameOf(node: Node): string {
  const { name } = node["id"] as { readonly name: string };
  return name;
}

/** Overloads of one function share the comment above the first. */
function hasDocstring(context: Context, node: Node): boolean {
  const [start] = node["range"] as readonly [number, number];
  const above = context.sourceCode.text.slice(0, start).trimEnd();
  const isDocstring = above.endsWith("*/") && above.startsWith("/**", above.lastIndexOf("/*"));
  return isDocstring || /export function \w+[^;{]*;$/.test(above);
}
