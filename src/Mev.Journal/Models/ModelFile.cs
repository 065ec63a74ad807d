using System.Collections.Immutable;
using System.Runtime.Intrinsics;
using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Domain.Models;

namespace Mev.Journal.Models;

/// <summary>Reads and writes models as files. No file is trusted: its golden rows are computed first.</summary>
public static class ModelFile
{
    /// <summary>Bytes of a file at most.</summary>
    public const int BytesMax = 512 * 1024;

    /// <summary>Largest distance of a golden row from what the trainer's library said.</summary>
    public const double GoldenDistanceMax = 1e-6;

    private const uint Format = 1;
    private const long TimeMaxMs = 4_102_444_800_000; // 2100

    /// <summary>The model of a file; null with the reason when it is none that may be used. Never throws.</summary>
    public static OffsetModel? TryRead(ReadOnlyMemory<byte> bytes, out string refusal)
    {
        var file = Parse(bytes, out refusal);
        if (file is null) return null;
        var trees = file.Trees.Select(TreeOf).ToImmutableArray();
        var ensemble = TreeEnsemble.TryCreate(trees, file.Bias, ModelRow.Names.Length, out refusal);
        if (ensemble is null) return null;
        refusal = file.Golden.Select((row, number) => (row, number))
            .Where(golden => !IsMet(golden.row, ensemble))
            .Select(golden => $"golden row {golden.number} is not met: the file was made by another evaluator")
            .FirstOrDefault("");
        return refusal.Length == 0 ? new OffsetModel(bytes, ensemble, file.TrainedToMs) : null;
    }

    /// <summary>The same of a file on disk; one that cannot be read is refused too.</summary>
    public static OffsetModel? TryOpen(string path, out string refusal) =>
        TryReadBytes(path, out refusal) is { } bytes ? TryRead(bytes, out refusal) : null;

    /// <summary>The bytes of a file on disk that may be a model's; null with the reason.</summary>
    public static ReadOnlyMemory<byte>? TryReadBytes(string path, out string refusal)
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[BytesMax + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            refusal = length > BytesMax ? $"more than {BytesMax} bytes" : "";
            return refusal.Length == 0 ? bytes.AsMemory(0, length) : default(ReadOnlyMemory<byte>?);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            refusal = failure.Message;
            return null;
        }
    }

    /// <summary>What a file says of itself; null with the reason when it is none. Not its trees.</summary>
    public static Model? Parse(ReadOnlyMemory<byte> bytes, out string refusal)
    {
        refusal = bytes.Length > BytesMax ? $"{bytes.Length} bytes, more than {BytesMax}" : "";
        if (refusal.Length > 0) return null;
        Model file;
        try
        {
            file = Model.Parser.ParseFrom(bytes.Span);
        }
        catch (InvalidProtocolBufferException)
        {
            refusal = "its bytes are no model";
            return null;
        }
        refusal = file.Format != Format ? $"format {file.Format}, this build reads {Format}"
            : file.SchemaHash.Length != Digest.Length || new Digest(file.SchemaHash.Span) != ModelRow.SchemaHash
            ? $"trained on other features ({string.Join(", ", file.Features)}); "
                + $"this build has {string.Join(", ", ModelRow.Names)}"
            : file.TrainedToMs is < 0 or > TimeMaxMs ? $"its newest row is of {file.TrainedToMs} ms, which is no time"
            : file.Golden.Count == 0 ? "it has no golden rows"
            : "";
        return refusal.Length == 0 ? file : null;
    }

    /// <summary>The bytes of a file whose format, schema and trees are set here.</summary>
    /// <param name="about">All else.</param>
    /// <param name="ensemble">The trees.</param>
    public static byte[] Write(Model about, TreeEnsemble ensemble)
    {
        var file = about.Clone();
        (file.Format, file.Bias) = (Format, ensemble.Bias);
        file.SchemaHash = ByteString.CopyFrom(ModelRow.SchemaHash.ToArray());
        file.Features.Clear();
        file.Features.AddRange(ModelRow.Names);
        file.Trees.Clear();
        file.Trees.AddRange(ensemble.Trees.Select(TreeOf));
        return file.ToByteArray();
    }

    /// <summary>The same model with what was measured of it in the market: another file, so another name.</summary>
    public static OffsetModel WithMarket(OffsetModel model, MarketGate market)
    {
        var file = Model.Parser.ParseFrom(model.Bytes.Span);
        file.Market = ModelVerdict.TrialOf(market);
        return new OffsetModel(file.ToByteArray(), model.Ensemble, model.TrainedToMs);
    }

    private static bool IsMet(GoldenRow golden, TreeEnsemble ensemble)
    {
        if (golden.Row.Count != ModelRow.Names.Length || !golden.Row.All(float.IsFinite)) return false;
        Span<float> row = stackalloc float[Vector256<float>.Count];
        for (var i = 0; i < golden.Row.Count; i++) row[i] = golden.Row[i];
        return Math.Abs(ensemble.Evaluate(Vector256.Create<float>(row)) - golden.Value) < GoldenDistanceMax;
    }

    private static DecisionTree TreeOf(Tree tree) => new()
    {
        Features = [.. tree.Feature.Select(feature => (int)Math.Min(feature, int.MaxValue))],
        Thresholds = [.. tree.Threshold],
        Left = [.. tree.Left],
        Right = [.. tree.Right],
        Leaves = [.. tree.Leaf],
    };

    private static Tree TreeOf(DecisionTree tree) => new()
    {
        Feature = { tree.Features.Select(feature => (uint)feature) },
        Threshold = { tree.Thresholds },
        Left = { tree.Left },
        Right = { tree.Right },
        Leaf = { tree.Leaves },
    };
}
