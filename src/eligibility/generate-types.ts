/**
 * Writes gateway-types.ts and enrolment-types.ts from their OpenAPI documents: `node src/eligibility/generate-types.ts`.
 * The documents are the one source of the protocols; a test fails when the types are not their own.
 */
import { writeFile } from 'node:fs/promises';
import { compile } from 'json-schema-to-typescript';
import enrolment from './enrolment.openapi.json' with { type: 'json' };
import gateway from './gateway.openapi.json' with { type: 'json' };

const documents = {
  gateway: { document: gateway, types: new URL('gateway-types.ts', import.meta.url) },
  enrolment: { document: enrolment, types: new URL('enrolment-types.ts', import.meta.url) },
};
type DocumentName = keyof typeof documents;

const banner = (name: DocumentName) =>
  `/** Made from ${name}.openapi.json by generate-types.ts: change the document, not this file. */`;

/** The text of the document's file of types: one exported type for each of its schemas. */
export async function typesText(name: DocumentName): Promise<string> {
  const local = JSON.stringify(documents[name].document.components.schemas).replaceAll('#/components/schemas/', '#/definitions/');
  const root = { title: 'AllSchemas', type: 'object' as const, additionalProperties: false, definitions: JSON.parse(local) };
  const text = await compile(root, 'AllSchemas', {
    bannerComment: banner(name),
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
    .replace('export interface AllSchemas {}\n', '');
}

if (import.meta.main) {
  for (const name of Object.keys(documents) as DocumentName[]) await writeFile(documents[name].types, await typesText(name));
}
