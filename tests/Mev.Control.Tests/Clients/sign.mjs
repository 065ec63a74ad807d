// Signs commands with the published signer. Arguments: folder of the packages, private and public key in base64url, id
// of the key. Each line of the input is {authority, path, body, id, nonce, created, expires, fields}; each answer is one
// line with the headers of the request.
import { createHash, createPrivateKey, sign } from 'node:crypto';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import path from 'node:path';

const [folder, d, x, keyid] = process.argv.slice(2);
const require = createRequire(path.join(folder, 'package.json'));
const { httpbis } = require('http-message-signatures');
const key = createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', d, x }, format: 'jwk' });

for await (const line of createInterface({ input: process.stdin })) {
  const { authority, path: target, body, id, nonce, created, expires, fields } = JSON.parse(line);
  const digest = createHash('sha256').update(body).digest('base64');
  const signed = await httpbis.signMessage({
    name: 'cmd',
    key: { id: keyid, alg: 'ed25519', sign: async data => sign(null, data, key) },
    fields,
    params: ['created', 'expires', 'nonce', 'keyid', 'alg', 'tag'],
    paramValues: { created: new Date(created * 1000), expires: new Date(expires * 1000), nonce, tag: 'mev-cmd-v1' },
  }, {
    method: 'POST',
    url: `https://${authority}${target}`,
    headers: {
      'content-type': 'application/json',
      'content-digest': `sha-256=:${digest}:`,
      'idempotency-key': `"${id}"`,
    },
  });
  console.log(JSON.stringify(signed.headers));
}
