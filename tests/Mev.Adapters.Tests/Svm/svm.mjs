// The Solana runtime behind standard input and output: one JSON request a line, one JSON answer a line. Transactions
// are handed over as the bytes they are, not read by a library in between.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

const load = createRequire(join(process.argv[2], 'package.json')); // the folder into which npm installed
const { LiteSVM } = load('litesvm');
const svm = new LiteSVM().withNativeMints();

const operations = {
    blockhash: () => ({ blockhash: svm.latestBlockhash() }),
    airdrop: ({ key, lamports }) => (svm.airdrop(key, BigInt(lamports)), {}),
    account({ key }) {
        const { exists, data, lamports, programAddress } = svm.getAccount(key);
        return exists
            ? { data: Buffer.from(data).toString('base64'), lamports: Number(lamports), owner: programAddress }
            : { lamports: 0 };
    },
    slot: ({ slot }) => (svm.warpToSlot(BigInt(slot)), {}),
    rent: ({ length }) => ({ lamports: Number(svm.minimumBalanceForRentExemption(BigInt(length))) }),
    send({ transaction, isVersioned }) {
        const bytes = Uint8Array.from(Buffer.from(transaction, 'base64'));
        const result = isVersioned ? svm.inner.sendVersionedTransaction(bytes) : svm.inner.sendLegacyTransaction(bytes);
        const isFailed = typeof result.err === 'function';
        const units = (isFailed ? result.meta() : result).computeUnitsConsumed();
        return { isFailed, units: Number(units), result: result.toString() };
    },
};

for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    let answer;
    try {
        answer = operations[request.operation](request);
    } catch (error) {
        answer = { failure: String(error) };
    }
    process.stdout.write(JSON.stringify(answer) + '\n');
}
