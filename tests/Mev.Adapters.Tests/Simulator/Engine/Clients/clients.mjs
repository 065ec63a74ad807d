// Drives the block engine with the published clients. Arguments: folder of the packages, JSON-RPC, gRPC. Each line of
// the input is {operation, ...}; each answer is one line {result} or {failure}.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import path from 'node:path';

const [folder, http, grpc] = process.argv.slice(2);
const require = createRequire(path.join(folder, 'package.json'));
const { JitoJsonRpcClient } = require('jito-js-rpc');
const { SearcherClient } = require('jito-ts/dist/sdk/block-engine/searcher');
const { AuthProvider, authInterceptor } = require('jito-ts/dist/sdk/block-engine/auth');
const { Bundle } = require('jito-ts/dist/sdk/block-engine/types');
const { SearcherServiceClient } = require('jito-ts/dist/gen/block-engine/searcher');
const { AuthServiceClient } = require('jito-ts/dist/gen/block-engine/auth');
const { ChannelCredentials } = require('@grpc/grpc-js');
const { Keypair, VersionedTransaction } = require('@solana/web3.js');

const json = new JitoJsonRpcClient(`${http}/api/v1`);
const insecure = ChannelCredentials.createInsecure();
const plain = new SearcherClient(new SearcherServiceClient(grpc, insecure));
const key = Keypair.fromSeed(new Uint8Array(32).fill(9));
const read = text => VersionedTransaction.deserialize(Buffer.from(text, 'base64'));
const results = [];
let stop = () => {};

const operations = {
  tips: () => json.getTipAccounts(),
  send: ({ transactions }) => json.sendBundle([transactions, { encoding: 'base64' }]),
  sendAlone: ({ transaction }) => json.sendTxn([transaction, { encoding: 'base64' }], true),
  inflight: ({ id }) => json.getInFlightBundleStatuses([[id]]),
  statuses: ({ id }) => json.getBundleStatuses([[id]]),
  grpcTips: () => plain.getTipAccounts(),
  grpcLeader: () => plain.getNextScheduledLeader(),
  grpcLeaders: () => plain.getConnectedLeaders(),
  grpcSend: ({ transactions }) => plain.sendBundle(new Bundle(transactions.map(read), 5)),
  subscribe: async () => {
    stop = plain.onBundleResult(result => results.push(result), error => results.push({ error: error.message }));
    return true;
  },
  results: async ({ count }) => {
    for (let i = 0; i < 400 && results.length < count; i++) await new Promise(done => setTimeout(done, 25));
    return results;
  },
  authenticated: () => {
    const provider = new AuthProvider(new AuthServiceClient(grpc, insecure), key);
    const client = new SearcherServiceClient(grpc, insecure, { interceptors: [authInterceptor(provider)] });
    return new SearcherClient(client).getTipAccounts();
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { operation, ...rest } = JSON.parse(line);
  try {
    console.log(JSON.stringify({ result: await operations[operation](rest) }));
  } catch (error) {
    console.log(JSON.stringify({ failure: `${error}`, body: error?.response?.data ?? null }));
  }
}
stop();
process.exit(0);
