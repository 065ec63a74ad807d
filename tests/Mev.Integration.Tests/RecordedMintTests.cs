using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Decisions;
using Mev.Domain.Feed;
using Mev.Domain.Learning;
using Mev.Domain.Limits;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Mev.Domain.Pools.RaydiumAmmV4;
using Mev.Domain.Pools.Tokens;
using Mev.Fixtures.Pools;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Replay;

namespace Mev.Integration.Tests;

/// <summary>A mint without a fee is no part of an opportunity's id, and its record replays all the same.</summary>
public sealed class RecordedMintTests
{
    private static readonly ChainClock Clock = new(new Slot(409_000_000), 1_774_711_000);
    private static readonly DecisionInputs Inputs = new(
        new StrategyParameters { Id = "arb-1" }, new Policy(), Samplers.Prior(SamplerKind.BetaThompson),
        new SizingLimits());

    private readonly Opportunity _opportunity = Find(WithMint(TokenBytes.Mint(TokenExtensionType.TokenMetadata, 8)));
    private readonly DecisionReplay _replay = new(inputs => new PaperOrderBuilder(inputs.Parameters));

    [Fact]
    public void A_pool_with_a_free_Token_2022_mint_replays_from_its_record()
    {
        var mint = Assert.Single(_opportunity.Accounts.ToArray(), use => use.Key == RaydiumCpmmBytes.Mint1);
        var record = Record(_opportunity);
        Assert.Equal(ReplayVerdict.Equal, Replay(record, Blobs(_opportunity)).Verdict);

        var missing = Blobs(_opportunity);
        missing.Remove(mint.Hash);
        Assert.Equal(ReplayVerdict.BlobMissing, Replay(record, missing).Verdict);
    }

    [Fact]
    public void The_id_does_not_change_with_the_mints_bytes()
    {
        var other = Find(WithMint(TokenBytes.Mint(TokenExtensionType.TokenMetadata, 9)));
        Assert.Equal(_opportunity.Id, other.Id);
        Assert.NotEqual(
            _opportunity.Accounts.ToArray().Single(use => use.Key == RaydiumCpmmBytes.Mint1).Hash,
            other.Accounts.ToArray().Single(use => use.Key == RaydiumCpmmBytes.Mint1).Hash);
    }

    private ReplayReport Replay(byte[] record, Dictionary<Digest, ReadOnlyMemory<byte>> blobs) =>
        _replay.Run(
            record,
            LeafHash.Of(record),
            hash => blobs.TryGetValue(hash, out var bytes) ? bytes : default(ReadOnlyMemory<byte>?));

    /// <summary>The decision upon it: blocked, since it is not based in WSOL, and sized again by replay.</summary>
    private static byte[] Record(Opportunity opportunity)
    {
        var builder = new PaperOrderBuilder(Inputs.Parameters);
        var decision = DecisionKernel.Decide(opportunity, Inputs, builder, openSubmissions: 0, isTaken: false);
        Assert.Equal(DecisionAction.Block, decision.Action);
        var batch = new OpportunityBatch { Cursor = default, Opportunities = [opportunity], Counts = default };
        var id = new DecisionId(new Guid(1, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1));
        var records = new DecisionRecords();
        records.Add(decision, id, batch, decidedNs: 3);
        return records.Entries[0].Body.ToArray();
    }

    private static Dictionary<Digest, ReadOnlyMemory<byte>> Blobs(Opportunity opportunity)
    {
        var blobs = new Dictionary<Digest, ReadOnlyMemory<byte>>();
        foreach (var use in opportunity.Accounts.Span) blobs[use.Hash] = use.Data;
        blobs[Inputs.ParametersHash] = Inputs.Parameters.Encode();
        blobs[Inputs.PolicyHash] = Inputs.Policy.Encode();
        blobs[Inputs.Posterior.Value] = Inputs.Sampler.CanonicalBytes();
        blobs[Inputs.SizingHash!.Value] = Inputs.Sizing!.Encode();
        return blobs;
    }

    private static RaydiumCpmmBytes WithMint(byte[] mint) => new() { Mint1Token2022 = mint };

    /// <summary>A cycle of the pool and another one over the same mints in which mint 1 is worth half.</summary>
    private static Opportunity Find(RaydiumCpmmBytes bytes)
    {
        Pool[] pools = [bytes.Pool(), Other()];
        Assert.All(pools, pool => Assert.Equal(PoolDefect.None, pool.Defect));
        var scope = new CycleScope { BaseMints = [RaydiumCpmmBytes.Mint0] };
        var index = CycleIndex.Build(pools, scope);
        var inOrder = index.Pools.ToArray().Select(place => pools.Single(pool => pool.Id == place.Id)).ToArray();
        var shard = new MarketShard(0, index, inOrder, Inputs.Sizing!, Lamports.Zero);
        for (var i = 0; i < inOrder.Length; i++) shard.Refresh(i, PoolCondition.None, 1);
        var found = new List<Opportunity>();
        shard.Evaluate(Clock, 0, found, new QuotedAccounts(new QuotedAccountChunks()));
        return Assert.Single(found);
    }

    private static RaydiumAmmV4Pool Other()
    {
        var pool = new RaydiumAmmV4Pool(new PoolId(RaydiumAmmV4Bytes.PoolKey));
        foreach (var write in new RaydiumAmmV4Bytes { Pcs = 300_000_000_000 }.Writes())
        {
            var data = write.Data.ToArray();
            if (write.Key == RaydiumAmmV4Bytes.PoolKey)
            {
                RaydiumCpmmBytes.Mint0.CopyTo(data.AsSpan(RaydiumAmmV4Layout.CoinMint));
                RaydiumCpmmBytes.Mint1.CopyTo(data.AsSpan(RaydiumAmmV4Layout.PcMint));
            }
            else
            {
                var mint = write.Key == RaydiumAmmV4Bytes.CoinVault ? RaydiumCpmmBytes.Mint0 : RaydiumCpmmBytes.Mint1;
                mint.CopyTo(data.AsSpan(TokenLayout.AccountMint));
            }
            pool.Apply(write with { Data = data });
        }
        return pool;
    }
}
