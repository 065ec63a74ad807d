// Times the quotes of two published libraries over the pools that come as one line of JSON, and says what they answer.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const need = createRequire(join(process.argv[2], 'package.json'));
const orca = need('@orca-so/whirlpools-core');
const { CurveCalculator } = need('@raydium-io/raydium-sdk-v2');
const BN = need('bn.js');

const asked = JSON.parse(await text(process.stdin));
const millis = asked.millis;

// Answers a second of the best of several windows, as the other side takes the least of several samples.
function time(quote) {
  for (const end = performance.now() + millis / 2; performance.now() < end;) quote();
  let best = 0;
  for (let window = 0; window < 5; window++) {
    const from = performance.now();
    let count = 0;
    while (performance.now() - from < millis / 5) { for (let i = 0; i < 16; i++) quote(); count += 16; }
    best = Math.max(best, count * 1000 / (performance.now() - from));
  }
  return best;
}

function whirlpool(state) {
  const pool = {
    feeTierIndexSeed: Uint8Array.of(state.tickSpacing & 255, state.tickSpacing >> 8), // the fee is a fixed one
    tickSpacing: state.tickSpacing, feeRate: state.feeRate, protocolFeeRate: 0,
    liquidity: BigInt(state.liquidity), sqrtPrice: BigInt(state.sqrtPrice), tickCurrentIndex: state.tick,
    feeGrowthGlobalA: 0n, feeGrowthGlobalB: 0n, rewardLastUpdatedTimestamp: 0n,
    rewardInfos: Array.from({ length: 3 }, () => ({ emissionsPerSecondX64: 0n, growthGlobalX64: 0n })),
  };
  const arrays = state.arrays.map(array => ({
    startTickIndex: array.start,
    ticks: array.ticks.map(tick => ({
      initialized: tick !== null, liquidityNet: BigInt(tick?.net ?? 0), liquidityGross: BigInt(tick?.gross ?? 0),
      feeGrowthOutsideA: 0n, feeGrowthOutsideB: 0n, rewardGrowthsOutside: [0n, 0n, 0n],
    })),
  }));
  return state.amounts.map(amount => {
    const quote = () =>
      orca.swapQuoteByInputToken(BigInt(amount), true, 0, pool, undefined, arrays, 1760000000n, undefined, undefined);
    return { out: quote().tokenEstOut.toString(), perSecond: time(quote) };
  });
}

function cpmm(state) {
  const [reserveIn, reserveOut, fee, zero] =
    [new BN(state.reserveIn), new BN(state.reserveOut), new BN(state.tradeFeeRate), new BN(0)];
  return state.amounts.map(amount => {
    const input = new BN(amount);
    const quote = () =>
      CurveCalculator.swapBaseInput(input, reserveIn, reserveOut, fee, zero, zero, zero, true);
    return { out: quote().outputAmount.toString(), perSecond: time(quote) };
  });
}

process.stdout.write(`${JSON.stringify({ whirlpool: whirlpool(asked.whirlpool), cpmm: cpmm(asked.cpmm) })}\n`);
