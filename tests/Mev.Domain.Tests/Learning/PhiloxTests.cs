using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Domain.Opportunities;

namespace Mev.Domain.Tests.Learning;

public sealed class PhiloxTests
{
    private const string Opportunity = "a5ef8694b4a3161db71c3e72decc1bd9d737d9d031b1ad0f696f7b40e4348be8";

    [Theory]
    [InlineData(0ul, 0ul, 0ul, "6627e8d5 e169c58d bc57ac4c 9b00dbd8")]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, "408f276d 41c83b0e a20bc7c6 6d5451fd")]
    [InlineData(0x299f31d0a4093822, 0x85a308d3243f6a88, 0x0370734413198a2e, "d16cfe09 94fdcceb 5001e420 24126ea1")]
    public void Published_known_answers_come_out(ulong key, ulong low, ulong high, string words) =>
        Assert.Equal(words, Words(Philox.Block(new RandomKey(key), low, high)));

    /// <summary>Written down a second time, with everything that can be mistaken as a parameter.</summary>
    [Theory]
    [InlineData(10, false, false, false, true)]
    [InlineData(9, false, false, false, false)]
    [InlineData(10, true, false, false, false)]
    [InlineData(10, false, true, false, false)]
    [InlineData(10, false, false, true, false)]
    public void A_mistake_in_the_rounds_is_told_by_the_known_answers(
        int rounds, bool areMultipliersTurned, bool areKeysTurned, bool isKeyKept, bool isRight)
    {
        var words = Naive(
            [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0], rounds, areMultipliersTurned,
            areKeysTurned, isKeyKept);
        Assert.Equal(
            isRight,
            string.Join(' ', words.Select(word => $"{word:x8}")) == "d16cfe09 94fdcceb 5001e420 24126ea1");
    }

    [Fact]
    public void Key_and_sequence_follow_from_strategy_epoch_and_opportunity()
    {
        var key = RandomKey.Of("arb-1", 1);
        var stream = DrawStream.For(key, Id(Opportunity));
        Assert.Equal(0x55fae9b5b169b974ul, key.Value);
        Assert.Equal(0x1d16a3b49486efa5ul, stream.Sequence);
        Assert.Equal("e9316c26 fe722155 1e2bd940 86ed6a5d", Words(Philox.Block(key, stream.Sequence, 1)));
        Assert.NotEqual(key, RandomKey.Of("arb-1", 2));
        Assert.NotEqual(key, RandomKey.Of("arb-2", 1));
    }

    [Fact]
    public void A_purpose_yields_its_words_in_order_and_again()
    {
        var stream = DrawStream.For(RandomKey.Of("arb-1", 1), Id(Opportunity));
        for (var time = 0; time < 2; time++)
        {
            var draws = stream.At(DrawPurposes.LocationNormals);
            Assert.Equal(0xfe722155e9316c26ul, draws.Word());
            Assert.Equal(0x86ed6a5d1e2bd940ul, draws.Word());
            Assert.Equal(0xf0a392f762571450ul, draws.Word());
            Assert.Equal(0x238c5271bb949ac1ul, draws.Word());
        }
    }

    [Fact]
    public void Purposes_are_disjoint_also_when_a_decision_is_redone()
    {
        var purposes = AllPurposes().ToList();
        Assert.Equal(purposes.Count, purposes.Distinct().Count());
        var redone = Enumerable.Range(0, 257).SelectMany(k => purposes.Select(p => DrawPurposes.Redo(p, k))).ToList();
        Assert.Equal(redone.Count, redone.Distinct().Count());
    }

    [Fact]
    public void A_million_opportunities_have_counters_of_their_own()
    {
        var sequences = new HashSet<ulong>();
        Span<byte> content = stackalloc byte[sizeof(int)];
        for (var i = 0; i < 1_000_000; i++)
        {
            BitConverter.TryWriteBytes(content, i);
            sequences.Add(DrawStream.For(default, new OpportunityId(Digest.Of(content))).Sequence);
        }
        Assert.Equal(1_000_000, sequences.Count);
    }

    [Fact]
    public void Blocks_of_different_purposes_opportunities_and_positions_differ()
    {
        var key = RandomKey.Of("disjoint", 7);
        var purposes = AllPurposes().ToArray();
        var seen = new HashSet<(ulong, ulong)>();
        var count = 0;
        for (var sequence = 0ul; sequence < 500; sequence++)
        {
            foreach (var purpose in purposes)
            {
                for (var block = 0ul; block < 2; block++, count++)
                    seen.Add(Philox.Block(key, sequence, purpose | block << 32));
            }
        }
        Assert.Equal(count, seen.Count);
    }

    [Fact]
    public void A_redone_decision_draws_other_numbers()
    {
        var stream = DrawStream.For(RandomKey.Of("arb-1", 1), Id(Opportunity));
        var first = stream.At(DrawPurposes.BetaArm).Word();
        var second = (stream with { Repetition = 1 }).At(DrawPurposes.BetaArm).Word();
        Assert.NotEqual(first, second);
        Assert.Throws<ArgumentOutOfRangeException>(() => DrawPurposes.Redo(DrawPurposes.BetaArm, 257));
        Assert.Throws<ArgumentOutOfRangeException>(() => DrawPurposes.Redo(0x10000, 1));
    }

    private static IEnumerable<uint> AllPurposes() =>
    [
        DrawPurposes.LocationNormals,
        .. Run(DrawPurposes.Hazard, 44),
        .. Run(DrawPurposes.Survival, 4),
        .. Run(DrawPurposes.InTime, 2),
        .. Run(DrawPurposes.ValueMean, 2),
        DrawPurposes.CalibrationSlice,
        DrawPurposes.TipAccount,
        .. Run(DrawPurposes.BetaArm, BetaArms.Count),
        DrawPurposes.PaperTipFloor,
    ];

    private static IEnumerable<uint> Run(uint from, int count) =>
        Enumerable.Range(0, count).Select(i => from + (uint)i);

    private static uint[] Naive(
        uint[] counter, uint[] key, int rounds, bool areMultipliersTurned, bool areKeysTurned, bool isKeyKept)
    {
        var (first, second) = areMultipliersTurned ? (0xCD9E8D57ul, 0xD2511F53ul) : (0xD2511F53ul, 0xCD9E8D57ul);
        var (step0, step1) = areKeysTurned ? (0xBB67AE85u, 0x9E3779B9u) : (0x9E3779B9u, 0xBB67AE85u);
        unchecked
        {
            for (var round = 0; round < rounds; round++)
            {
                var (product0, product1) = (first * counter[0], second * counter[2]);
                counter =
                [
                    (uint)(product1 >> 32) ^ counter[1] ^ key[0], (uint)product1,
                    (uint)(product0 >> 32) ^ counter[3] ^ key[1], (uint)product0,
                ];
                if (!isKeyKept) key = [key[0] + step0, key[1] + step1];
            }
        }
        return counter;
    }

    private static OpportunityId Id(string hex) => new(new Digest(Convert.FromHexString(hex)));

    private static string Words((ulong First, ulong Second) block) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{(uint)block.First:x8} {block.First >> 32:x8} {(uint)block.Second:x8} {block.Second >> 32:x8}");
}
