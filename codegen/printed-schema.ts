import type { CodegenConfig } from '@graphql-codegen/cli';
import { printApi } from './print-api.ts';
import { refuseUndeclaredBreaks } from './refuse-undeclared-breaks.ts';

type Output = Extract<CodegenConfig['generates'][string], { preset?: unknown }>;

/** Writes the schema as clients see it; while that breaks with what they know, undeclared, codegen fails and writes nothing. */
export const printedSchema: Output = {
  preset: {
    buildGeneratesSection: ({ baseOutputDir, ...options }) => [
      { ...options, filename: baseOutputDir, plugins: [{ print: {} }], pluginMap: { print: { plugin } } },
    ],
  },
};

function plugin(): string {
  const printed = printApi();
  refuseUndeclaredBreaks(printed);
  return printed;
}
