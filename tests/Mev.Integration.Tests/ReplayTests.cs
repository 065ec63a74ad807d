using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Domain.Opportunities;
using Mev.Journal;
using Mev.Journal.Replay;

namespace Mev.Integration.Tests;

/// <summary>Replays with something changed: whatever it is, it is named and never called equal.</summary>
[Collection(RunningHostCollection.Name)]
public sealed class ReplayTests(RunningHost running)
{
    private readonly DecisionReplay _replay = new(inputs => new PaperOrderBuilder(inputs.Parameters));

    [Fact]
    public async Task An_untouched_submit_is_equal()
    {
        var (bytes, leaf, blobs) = await Record("submit");
        Assert.Equal(ReplayVerdict.Equal, _replay.Run(bytes, leaf, Lookup(blobs)).Verdict);
    }

    [Fact]
    public async Task A_flipped_byte_of_a_record_is_seen_in_its_leaf_hash()
    {
        var (bytes, leaf, blobs) = await Record("submit");
        for (var at = 0; at < bytes.Length; at += 97)
        {
            var report = _replay.Run(Flipped(bytes, at), leaf, Lookup(blobs));
            Assert.Equal(ReplayVerdict.RecordDamaged, report.Verdict);
            Assert.Contains(leaf.ToString(), report.Text);
        }
    }

    /// <summary>Whoever changes a record may change its leaf hash too: then the recomputed core tells.</summary>
    [Theory]
    [InlineData("submit")]
    [InlineData("skip")]
    public async Task A_flipped_byte_of_the_core_is_found_by_computing_it_again(string action)
    {
        var (bytes, _, blobs) = await Record(action);
        var core = NestedBytes.OfCore(bytes)!;
        var start = bytes.AsSpan().IndexOf(core);
        Assert.True(start > 0);
        var named = 0;
        for (var at = 0; at < core.Length; at++)
        {
            var altered = Flipped(bytes, start + at);
            var report = _replay.Run(altered, LeafHash.Of(altered), Lookup(blobs));
            var isSame = report.IsEqual && IsSameBeyondInputs(core, NestedBytes.OfCore(altered)!);
            Assert.True(isSame || !report.IsEqual, $"byte {at} of the core was changed: {report.Text}");
            if (report.Verdict == ReplayVerdict.Different) named++;
        }
        Assert.True(named > 0);
    }

    [Fact]
    public async Task A_changed_amount_is_named_with_both_values()
    {
        var (bytes, _, blobs) = await Record("submit");
        var record = AuditRecord.Parser.ParseFrom(bytes);
        record.Decision.Core.Hops[1].AmountOut++;
        var altered = record.ToByteArray();
        var report = _replay.Run(altered, LeafHash.Of(altered), Lookup(blobs));
        Assert.Equal(ReplayVerdict.Different, report.Verdict);
        Assert.Equal("hops[1].amount_out", report.Field);
        Assert.Equal(1UL, ulong.Parse(report.Recorded, null) - ulong.Parse(report.Recomputed, null));
    }

    [Fact]
    public async Task A_platform_that_builds_another_message_is_told_from_the_one_that_decided()
    {
        var (bytes, leaf, blobs) = await Record("submit");
        var altered = new DecisionReplay(inputs => new GenerousBuilder(new PaperOrderBuilder(inputs.Parameters)));
        var report = altered.Run(bytes, leaf, Lookup(blobs));
        Assert.Equal(ReplayVerdict.Different, report.Verdict);
        Assert.Equal("message", report.Field);
    }

    [Fact]
    public async Task A_missing_blob_is_told_apart_from_a_damaged_one()
    {
        var (bytes, leaf, blobs) = await Record("submit");
        foreach (var hash in blobs.Keys)
        {
            var missing = _replay.Run(bytes, leaf, wanted => wanted == hash ? null : Lookup(blobs)(wanted));
            Assert.Equal(ReplayVerdict.BlobMissing, missing.Verdict);
            Assert.Contains(hash.ToString(), missing.Text);
            var flipped = Flipped(blobs[hash], blobs[hash].Length / 2);
            var damaged = _replay.Run(bytes, leaf, wanted => wanted == hash ? flipped : Lookup(blobs)(wanted));
            Assert.Equal(ReplayVerdict.BlobDamaged, damaged.Verdict);
            Assert.Contains(hash.ToString(), damaged.Text);
        }
    }

    [Fact]
    public async Task An_old_record_that_names_no_sizing_limits_is_sized_with_the_defaults()
    {
        var (bytes, _, blobs) = await Record("submit");
        var record = AuditRecord.Parser.ParseFrom(bytes);
        Assert.True(blobs.ContainsKey(new Digest(record.Decision.Core.SizingHash.Span)));
        record.Decision.Core.SizingHash = ByteString.Empty;
        var old = record.ToByteArray();
        Assert.Equal(ReplayVerdict.Equal, _replay.Run(old, LeafHash.Of(old), Lookup(blobs)).Verdict);
    }

    [Fact]
    public async Task Other_sizing_limits_than_the_defaults_are_replayed_with()
    {
        var (bytes, _, blobs) = await Record("submit");
        var record = AuditRecord.Parser.ParseFrom(bytes);
        var limits = new SizingLimits { InputMax = new TokenAmount(record.Decision.Core.Hops[0].AmountIn / 2) };
        blobs[limits.Hash] = limits.Encode();
        record.Decision.Core.SizingHash = ByteString.CopyFrom(limits.Hash.ToArray());
        var other = record.ToByteArray();
        var report = _replay.Run(other, LeafHash.Of(other), Lookup(blobs));
        Assert.Equal(ReplayVerdict.Different, report.Verdict);
        Assert.True(report.Field.Length > 0, report.Text);
    }

    [Fact]
    public async Task Draws_that_cannot_be_computed_again_are_none_and_the_reason_is_told()
    {
        var (bytes, _, blobs) = await Record("submit");
        var core = AuditRecord.Parser.ParseFrom(bytes).Decision.Core;
        Assert.NotEmpty(_replay.Explain(core, Lookup(blobs)).Items);
        Assert.Empty(_replay.Explain(core, Lookup(blobs)).Problem);
        Assert.Contains("is missing", _replay.Explain(core, _ => null).Problem);
        core.GrossProfit = long.MinValue;
        var draws = _replay.Explain(core, Lookup(blobs));
        Assert.Empty(draws.Items);
        Assert.Contains("amounts that no decision can have", draws.Problem);
    }

    [Theory]
    [InlineData("submit")]
    [InlineData("skip")]
    public async Task A_record_of_the_first_kernel_version_tells_less_of_its_choice_and_is_equal(string action)
    {
        var (bytes, _, blobs) = await Record(action);
        var record = AuditRecord.Parser.ParseFrom(bytes);
        record.Decision.Core.KernelVersion = 1;
        var named = record.ToByteArray();
        if (record.Decision.Core.Choice is { } choice)
        {
            Assert.True(choice.Candidates > 0);
            Assert.Equal("choice.candidates", _replay.Run(named, LeafHash.Of(named), Lookup(blobs)).Field);
            (choice.Candidates, choice.Exploration) = (0, 0.0);
            (choice.TipCap, choice.StandardCost, choice.FastCost) = (0, 0, 0);
        }
        var old = record.ToByteArray();
        Assert.True(_replay.Run(old, LeafHash.Of(old), Lookup(blobs)).IsEqual);
    }

    [Fact]
    public async Task Another_kernel_version_is_not_replayed()
    {
        var (bytes, _, blobs) = await Record("submit");
        var record = AuditRecord.Parser.ParseFrom(bytes);
        record.Decision.Core.KernelVersion = 99;
        var altered = record.ToByteArray();
        var report = _replay.Run(altered, LeafHash.Of(altered), Lookup(blobs));
        Assert.Equal(ReplayVerdict.NotReplayable, report.Verdict);
        Assert.Contains("99", report.Text);
    }

    /// <summary>
    /// Whether two cores agree in all that is computed. The rest is input: the chain's clock and the versions of
    /// accounts (their bytes are bound by hash), and of a skip the opportunity itself, which its id commits to.
    /// </summary>
    private static bool IsSameBeyondInputs(byte[] left, byte[] right) => Computed(left).Equals(Computed(right));

    private static DecisionCore Computed(byte[] bytes)
    {
        var core = DecisionCore.Parser.ParseFrom(bytes);
        (core.ChainSlot, core.ChainUnixTime) = (0, 0);
        foreach (var use in core.Accounts) (use.Slot, use.WriteVersion) = (0, 0);
        if (core.Hops.Count > 0) return core;
        (core.OpportunityId, core.CycleHash) = (ByteString.Empty, ByteString.Empty);
        (core.Slot, core.ProfitBound, core.Certificate) = (0, 0, 0);
        return core;
    }

    private async Task<(byte[] Bytes, Digest Leaf, Dictionary<Digest, byte[]> Blobs)> Record(string action)
    {
        var page = await running.Host.Get($"/v1/decisions?limit=1&action={action}");
        var id = page.GetProperty("decisions")[0].GetProperty("id").GetString();
        var record = await running.Host.Get($"/v1/decisions/{id}/record");
        Assert.True(Digest.TryParse(record.GetProperty("leafHash").GetString(), out var leaf));
        var blobs = new Dictionary<Digest, byte[]>();
        foreach (var blob in record.GetProperty("blobs").EnumerateArray())
        {
            Assert.True(Digest.TryParse(blob.GetProperty("hash").GetString(), out var hash));
            blobs[hash] = blob.GetProperty("bytes").GetBytesFromBase64();
        }
        return (record.GetProperty("bytes").GetBytesFromBase64(), leaf, blobs);
    }

    private static BlobLookup Lookup(Dictionary<Digest, byte[]> blobs) =>
        hash => blobs.TryGetValue(hash, out var bytes) ? bytes : null;

    private static byte[] Flipped(byte[] bytes, int at)
    {
        var altered = bytes.ToArray();
        altered[at] ^= 0x01;
        return altered;
    }

    /// <summary>The mutation: a lamport more than the tip that was chosen.</summary>
    private sealed class GenerousBuilder(IBundleBuilder inner) : IBundleBuilder
    {
        public Lamports LandingFee => inner.LandingFee;

        public Lamports RouteFee(Route route) => inner.RouteFee(route);

        public Lamports TipCap(Lamports value, DecisionInputs inputs) => inner.TipCap(value, inputs);

        public BuiltBundle Build(
            Opportunity opportunity, Route route, Lamports tip, in DrawStream draws, DecisionInputs inputs) =>
            inner.Build(opportunity, route, tip + new Lamports(1), draws, inputs);
    }
}
