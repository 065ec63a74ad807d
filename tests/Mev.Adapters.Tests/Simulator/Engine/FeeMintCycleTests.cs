using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Domain.Pools;
using Mev.Simulator.Execution;
using Mev.Simulator.Rivals;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>A cycle of ours through a mint that takes a fee on each transfer, from the feed to the outcome.</summary>
public sealed class FeeMintCycleTests
{
    private const long Tip = 50_000;

    [Theory]
    [InlineData(Protocol.RaydiumCpmm)]
    [InlineData(Protocol.MeteoraDlmm)]
    public async Task It_lands_with_exactly_what_was_expected_of_it(Protocol protocol)
    {
        await using var run = await SenderRun.Start(
            "Generator:Token2022ShareBasisPoints=5000", "Generator:FurtherShareBasisPoints=3000", "Generator:Mints=5");
        var (chain, wallet) = (run.Engine.Chain, run.Engine.Wallet.Address);
        var wrapped = chain.MintOf(Mints.Wsol).AccountOf(wallet);
        var chance = await run.Chance(profitMin: 100_000, one => Has(run, one, protocol));
        var ours = run.Submission(chance, Tip);
        var before = TokenAccount.Amount(chain.Find(wrapped)!);
        var held = Held(run, wallet);
        await run.Submit(ours);
        // As the platform's own feed has the pools, after the fee of the transaction.
        var expected = run.ValueAt(ours.Opportunity, run.Feed.Look(market => market.Clock.Slot))!.Value;
        Assert.Equal(chance.Profit - ours.Fee, expected);
        for (var slot = 0; slot < 4; slot++) await run.NextSlot();

        var outcome = await run.Outcome();
        Assert.Equal((BundleOutcomeKind.Landed, OutcomeCause.Landed), (outcome.Kind, outcome.Cause));
        Assert.Equal(expected, outcome.Realised);
        Assert.Equal(before + (ulong)chance.Profit.Value, TokenAccount.Amount(chain.Find(wrapped)!));
        Assert.Equal(LearningEventKind.Landed, LearningEvidence.KindOf(outcome.Kind, outcome.Cause));
        // Each hop takes what the one before gave, and what was withheld on the way is nobody's.
        foreach (var (account, amount) in Held(run, wallet)) Assert.Equal(held[account], amount);
    }

    private static bool Has(SenderRun run, Chance chance, Protocol protocol) => chance.Hops.Any(hop =>
    {
        var pool = run.Engine.Chain.Pools.First(known => known.Id == hop.Hop.Pool);
        var mints = new[] { pool.MintA, pool.MintB }.Select(run.Engine.Chain.MintOf);
        return pool.Protocol == protocol && mints.Any(mint => mint.Fees is not null);
    });

    private static Dictionary<Pubkey, ulong> Held(SenderRun run, Pubkey wallet) =>
        run.Engine.Chain.Mints.Where(mint => mint.Fees is not null)
            .Select(mint => run.Engine.Chain.Find(mint.AccountOf(wallet))!)
            .ToDictionary(account => account.Key, TokenAccount.Amount);
}
