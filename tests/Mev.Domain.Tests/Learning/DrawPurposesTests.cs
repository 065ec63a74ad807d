using System.Security.Cryptography;
using Mev.Domain.Learning;

namespace Mev.Domain.Tests.Learning;

public sealed class DrawPurposesTests
{
    private static readonly uint[] All =
    [
        DrawPurposes.LocationNormals, DrawPurposes.CalibrationSlice, DrawPurposes.TipAccount,
        DrawPurposes.PaperTipFloor, .. Range(DrawPurposes.Hazard, 44), .. Range(DrawPurposes.Survival, 4),
        .. Range(DrawPurposes.InTime, 2), .. Range(DrawPurposes.ValueMean, 2), .. Range(DrawPurposes.BetaArm, 38),
    ];

    [Fact]
    public void No_two_purposes_of_any_repetition_share_a_counter()
    {
        var counters = new HashSet<uint>();
        for (var repetition = 0; repetition <= 256; repetition++)
        {
            foreach (var purpose in All)
                Assert.True(counters.Add(DrawPurposes.Redo(purpose, repetition)));
        }
        Assert.Equal(94 * 257, counters.Count);
    }

    [Fact]
    public void A_million_opportunities_draw_from_a_million_counters()
    {
        var sequences = new HashSet<ulong>();
        Span<byte> content = stackalloc byte[sizeof(int)];
        Span<byte> id = stackalloc byte[SHA256.HashSizeInBytes];
        for (var i = 0; i < 1_000_000; i++)
        {
            BitConverter.TryWriteBytes(content, i);
            SHA256.HashData(content, id);
            Assert.True(sequences.Add(BitConverter.ToUInt64(id)));
        }
    }

    [Fact]
    public void Posterior_draws_have_the_covariance_of_the_belief()
    {
        const int Draws = 100_000;
        var sampler = FactoredEvents.After(
            FactoredEvents.Event(LearningEventKind.Outbid, winner: 0.7),
            FactoredEvents.Event(LearningEventKind.Landed, lnValue: 0.0));
        var bytes = sampler.CanonicalBytes();
        double Number(int index) => BitConverter.ToDouble(bytes, 10 + sizeof(double) * index);
        var sums = new double[LocationLaw.Length, LocationLaw.Length];
        var scratch = new double[FactoredDraw.ScratchLength];
        for (var i = 0UL; i < Draws; i++)
        {
            var weights = sampler.Look(FactoredEvents.Context(), new DrawStream(new RandomKey(9), i), scratch).Weights;
            for (var row = 0; row < LocationLaw.Length; row++)
            {
                for (var column = 0; column <= row; column++)
                    sums[row, column] += (weights[row] - Number(row)) * (weights[column] - Number(column));
            }
        }
        for (var row = 0; row < LocationLaw.Length; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var expected = Number(7 + LocationLaw.At(row, column));
                var scale = Math.Sqrt(
                    Number(7 + LocationLaw.At(row, row)) * Number(7 + LocationLaw.At(column, column)));
                Assert.InRange((sums[row, column] / Draws - expected) / scale, -0.02, 0.02);
            }
        }
    }

    private static IEnumerable<uint> Range(uint first, int count) =>
        Enumerable.Range(0, count).Select(i => first + (uint)i);
}
