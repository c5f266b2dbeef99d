/**
 * Writes gateway-types.ts from gateway.openapi.json: `node src/eligibility/generate-types.ts`.
 * The document is the one source of the protocol; a test fails when the types are not its own.
 */
import { writeFile } from 'node:fs/promises';
import { compile } from 'json-schema-to-typescript';
import document from './gateway.openapi.json' with { type: 'json' };

const banner = `/** Made from gateway.openapi.json by generate-types.ts: change the document, not this file. */`;

/** The text of gateway-types.ts: one exported type for each schema of the document. */
export async function typesText(): Promise<string> {
  const local = JSON.stringify(document.components.schemas).replaceAll('#/components/schemas/', '#/definitions/');
  const root = { title: 'GatewaySchemas', type: 'object' as const, additionalProperties: false, definitions: JSON.parse(local) };
  const text = await compile(root, 'GatewaySchemas', {
    bannerComment: banner,
    unreachableDefinitions: true,
    ignoreMinAndMaxItems: true,
    style: { singleQuote: true, printWidth: 130 },
  });
  return withoutRemarks(text);
}

/** Leaves out the compiler's remarks on where a type was referenced, and the empty root. */
function withoutRemarks(text: string): string {
  return text
    .replace(/( \*\n)? \* This interface was referenced by .*\n \* via the `definition` .*\n/g, '')
    .replace(/^ *\/\*\*\n *\*\/\n/gm, '')
    .replace('export interface GatewaySchemas {}\n', '');
}

if (import.meta.main) await writeFile(new URL('gateway-types.ts', import.meta.url), await typesText());
