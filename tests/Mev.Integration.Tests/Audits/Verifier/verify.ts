// Verifies what a gateway serves of the audit log, from RFC 6962, RFC 8032 and the notes of C2SP alone.
// Arguments: url, key of the log, key of the witness or nothing. Prints what was verified as JSON; throws at the first
// thing that does not hold.
import { createHash, createPublicKey, verify as verifies } from 'node:crypto';

type Hash = Buffer;
type Key = { name: string; type: number; bytes: Buffer };
type Signature = { name: string; id: Buffer; bytes: Buffer };
type Note = { text: string; origin: string; size: number; root: Hash; signatures: Signature[] };

const sha256 = (...parts: Buffer[]): Hash => createHash('sha256').update(Buffer.concat(parts)).digest();
const leafHash = (bytes: Buffer): Hash => sha256(Buffer.from([0]), bytes);
const nodeHash = (left: Hash, right: Hash): Hash => sha256(Buffer.from([1]), left, right);

/** The largest power of two below the count. */
function split(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

function treeHash(leaves: Hash[]): Hash {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0];
  const left = split(leaves.length);
  return nodeHash(treeHash(leaves.slice(0, left)), treeHash(leaves.slice(left)));
}

/** The root that a path makes of a leaf; the last of the path is the sibling nearest to the root. */
function rootOfPath(leaf: Hash, index: number, size: number, path: Hash[]): Hash {
  if (size === 1) {
    must(path.length === 0, 'a path is too long');
    return leaf;
  }
  must(path.length > 0, 'a path is too short');
  const [sibling, rest, left] = [path[path.length - 1], path.slice(0, -1), split(size)];
  return index < left
    ? nodeHash(rootOfPath(leaf, index, left, rest), sibling)
    : nodeHash(sibling, rootOfPath(leaf, index - left, size - left, rest));
}

/** The roots of the smaller and the larger tree that a proof of consistency makes. */
function rootsOfProof(from: number, size: number, proof: Hash[], isWhole: boolean, known: Hash): [Hash, Hash] {
  if (from === size) {
    must(proof.length === (isWhole ? 0 : 1), 'a proof has another length');
    const root = isWhole ? known : proof[0];
    return [root, root];
  }
  must(proof.length > 0, 'a proof is too short');
  const [sibling, rest, left] = [proof[proof.length - 1], proof.slice(0, -1), split(size)];
  if (from <= left) {
    const [smaller, larger] = rootsOfProof(from, left, rest, isWhole, known);
    return [smaller, nodeHash(larger, sibling)];
  }
  const [smaller, larger] = rootsOfProof(from - left, size - left, rest, false, known);
  return [nodeHash(sibling, smaller), nodeHash(sibling, larger)];
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

function readKey(text: string): Key {
  const [name, id, base64] = [text.split('+')[0], text.split('+')[1], text.split('+').slice(2).join('+')];
  const bytes = Buffer.from(base64, 'base64');
  must(bytes.length === 33 && keyId(name, bytes).toString('hex') === id, `${text} is no key`);
  return { name, type: bytes[0], bytes };
}

const keyId = (name: string, typed: Buffer): Buffer => sha256(Buffer.from(`${name}\n`), typed).subarray(0, 4);

function readNote(text: string): Note {
  const [body, lines] = [text.slice(0, text.indexOf('\n\n') + 1), text.slice(text.indexOf('\n\n') + 2)];
  const [origin, size, root] = body.split('\n');
  const signatures = lines.trimEnd().split('\n').map(line => {
    const [dash, name, base64] = line.split(' ');
    must(dash === '\u2014', `'${line}' is no signature`);
    const bytes = Buffer.from(base64, 'base64');
    return { name, id: bytes.subarray(0, 4), bytes: bytes.subarray(4) };
  });
  return { text: body, origin, size: Number(size), root: Buffer.from(root, 'base64'), signatures };
}

function mustBeSigned(note: Note, key: Key, origin: string): void {
  must(note.origin === origin, `${note.origin} is not ${origin}`);
  const typed = Buffer.concat([Buffer.from([key.type]), key.bytes.subarray(1)]);
  const own = note.signatures.find(each => each.name === key.name && each.id.equals(keyId(key.name, typed)));
  must(own !== undefined, `${key.name} did not sign ${note.origin} ${note.size}`);
  const isWitness = key.type === 4;
  const message = isWitness
    ? `cosignature/v1\ntime ${own!.bytes.readBigUInt64BE(0)}\n${note.text}`
    : note.text;
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key.bytes.subarray(1)]);
  const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  const signature = isWitness ? own!.bytes.subarray(8) : own!.bytes;
  must(verifies(null, Buffer.from(message), publicKey, signature), `${key.name}'s signature does not hold`);
}

async function get(url: string, path: string): Promise<any> {
  const answer = await fetch(`${url}${path}`);
  must(answer.ok, `${path}: ${answer.status} ${await answer.clone().text()}`);
  return answer.json();
}

async function pages(url: string, path: string, member: string): Promise<any[]> {
  const items: any[] = [];
  for (let from: number | null = 0; from !== null;) {
    const page: any = await get(url, `${path}?from=${from}&limit=500`);
    items.push(...page[member]);
    from = page.next;
  }
  return items;
}

export async function main([url, logKey, witnessKey]: string[]): Promise<void> {
  const [log, witness] = [readKey(logKey), witnessKey ? readKey(witnessKey) : null];
  const counts = { records: 0, checkpoints: 0, inclusions: 0, consistencies: 0, cosigned: 0 };
  for (const { partition } of (await get(url, '/v1/audit')).partitions) {
    const base = `/v1/audit/${partition}`;
    const origin = `${log.name}/partition-${partition}`;
    const key = { ...log, name: origin };
    const newest = await get(url, `${base}/checkpoint`);
    const notes = (await pages(url, `${base}/checkpoints`, 'notes')).map(readNote);
    const leaves = (await pages(url, `${base}/records`, 'records'))
      .map(record => leafHash(Buffer.from(record.bytes, 'base64')));
    must(notes.some(note => note.size >= newest.size), 'the newest checkpoint is not among all');
    let before: Note | null = null;
    for (const note of notes) {
      mustBeSigned(note, key, origin);
      must(treeHash(leaves.slice(0, note.size)).equals(note.root), `the records do not make root ${note.size}`);
      if (before) {
        const proof = (await get(url, `${base}/consistency?from=${before.size}&to=${note.size}`)).proof;
        const [smaller, larger] = rootsOfProof(
          before.size, note.size, proof.map((hex: string) => Buffer.from(hex, 'hex')), true, before.root);
        must(smaller.equals(before.root) && larger.equals(note.root), `${note.size} does not continue ${before.size}`);
        counts.consistencies++;
      }
      before = note;
      counts.checkpoints++;
    }
    const last = before!;
    for (let seq = 0; seq < last.size; seq += Math.max(1, Math.floor(last.size / 40))) {
      const { proof } = await get(url, `${base}/inclusion?seq=${seq}&size=${last.size}`);
      const path = proof.map((hex: string) => Buffer.from(hex, 'hex'));
      must(rootOfPath(leaves[seq], seq, last.size, path).equals(last.root), `record ${seq} is not in ${last.size}`);
      counts.inclusions++;
    }
    for (const each of witness ? newest.cosigned : []) {
      const note = readNote(each.note);
      mustBeSigned(note, key, origin);
      mustBeSigned(note, witness!, origin);
      must(treeHash(leaves.slice(0, note.size)).equals(note.root), `what was cosigned is not in the history`);
      counts.cosigned++;
    }
    counts.records += leaves.length;
  }
  console.log(JSON.stringify(counts));
}
