// Compiles verify.ts in memory and runs it. Arguments: folder of the packages, then those of the verifier.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const [folder, ...rest] = process.argv.slice(2);
const typescript = createRequire(path.join(folder, 'package.json'))('typescript');
const source = readFileSync(new URL('./verify.ts', import.meta.url), 'utf8');
const { outputText, diagnostics } = typescript.transpileModule(source, {
  compilerOptions: { module: 'ESNext', target: 'ES2022' },
  reportDiagnostics: true,
});
if (diagnostics.length > 0) throw new Error(typescript.formatDiagnostics(diagnostics, {
  getCurrentDirectory: () => folder, getCanonicalFileName: name => name, getNewLine: () => '\n',
}));
const { main } = await import(`data:text/javascript;base64,${Buffer.from(outputText).toString('base64')}`);
await main(rest);
