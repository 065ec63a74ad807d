// Reads structured fields with the published parser. Argument: folder of the packages. Each line of the input is
// {kind, texts}; each answer is one line with a list: the text written anew, or null where it was refused.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder] = process.argv.slice(2);
const require = createRequire(path.join(folder, 'package.json'));
const fields = await import(pathToFileURL(require.resolve('structured-headers')).href);

const kinds = {
  dictionary: text => fields.serializeDictionary(fields.parseDictionary(text)),
  item: text => fields.serializeItem(fields.parseItem(text)),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { kind, texts } = JSON.parse(line);
  const answers = texts.map(text => {
    try {
      return kinds[kind](text);
    } catch {
      return null;
    }
  });
  console.log(JSON.stringify(answers));
}
