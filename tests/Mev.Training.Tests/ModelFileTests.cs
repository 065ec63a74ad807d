using CsCheck;
using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Learning;
using Mev.Journal.Models;

namespace Mev.Training.Tests;

/// <summary>A file from outside is a model that may be used, or a reason.</summary>
public sealed class ModelFileTests
{
    private static readonly Lazy<TrainedModel> Trained = new(() => OffsetTrainer.Train(
        MarketRows.Of(seed: 71_100, opportunities: 5_000), FactoredTerms.Profit,
        new TrainingTerms { Trees = 10, Rounds = 1, GoldenRows = 50 }));

    [Fact]
    public void What_was_written_is_read_with_the_same_name_and_the_same_bits()
    {
        var read = ModelFile.TryRead(Trained.Value.Model.Bytes, out var refusal);
        Assert.Equal("", refusal);
        Assert.Equal(Trained.Value.Model.Id, read!.Id);
        var features = new FeatureVector(0.3, -0.2, 1.0, 0.1, 0.2, 0.0);
        Assert.Equal(Trained.Value.Model.OffsetOf(features, 0.5), read.OffsetOf(features, 0.5));
    }

    [Fact]
    public void What_may_not_be_used_says_why()
    {
        Refused(file => file.Format = 2, "format 2");
        Refused(file => file.SchemaHash = ByteString.CopyFrom(new byte[32]), "trained on other features");
        Refused(file => file.SchemaHash = ByteString.Empty, "trained on other features");
        Refused(file => file.Golden.Clear(), "no golden rows");
        Refused(file => file.Golden[7].Value += 1e-5, "golden row 7");
        Refused(file => file.Golden[3].Row.RemoveAt(0), "golden row 3");
        Refused(file => file.Golden[3].Row[2] = float.NaN, "golden row 3");
        Refused(file => file.Trees[1].Leaf[0] += 1e-3, "golden row");
        Refused(file => file.Trees[1].Left[0] = 99, "tree 1");
        Refused(file => file.TrainedToMs = long.MaxValue, "no time");
        Refused(file => file.Bias = double.NaN, "bias");
        Assert.Null(ModelFile.TryRead(new byte[ModelFile.BytesMax + 1], out var refusal));
        Assert.Contains("more than", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flipped_or_missing_byte_is_refused_or_another_model_and_never_throws()
    {
        var bytes = Trained.Value.Model.Bytes.ToArray();
        var place = Gen.Int[0, bytes.Length - 1];
        Gen.Select(place, Gen.Int[0, 7], place).Sample((changed, bit, cut) =>
        {
            var damaged = bytes.ToArray();
            damaged[changed] ^= (byte)(1 << bit);
            var read = ModelFile.TryRead(damaged, out var refusal);
            Assert.True(read is null ? refusal.Length > 0 : read.Id != Trained.Value.Model.Id);
            ModelFile.TryRead(bytes.AsMemory(0, cut), out _);
        }, iter: 2_000);
    }

    private static void Refused(Action<Model> harm, string reason)
    {
        var file = Model.Parser.ParseFrom(Trained.Value.Model.Bytes.Span);
        harm(file);
        Assert.Null(ModelFile.TryRead(file.ToByteArray(), out var refusal));
        Assert.Contains(reason, refusal, StringComparison.Ordinal);
    }
}
