using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Grains.Abstractions.Learning;
using Mev.Journal.Models;
using Microsoft.Extensions.Options;

namespace Mev.Grains.Learning;

/// <summary>The folder that commands activate models from: each file is named by the hash of its bytes.</summary>
internal sealed class ModelShelf(IOptions<ModelOptions> options)
{
    /// <summary>Files that are listed at most, the newest ones.</summary>
    public const int ListedMax = 32;

    private const string Ending = ".model";

    /// <summary>The folder.</summary>
    public string Folder => options.Value.Folder;

    /// <summary>The name of a model's file.</summary>
    public static string NameOf(Digest id) => $"{id}{Ending}";

    /// <summary>The bytes of a file with this hash; null when there is none.</summary>
    public ReadOnlyMemory<byte>? Find(Digest id) =>
        ModelFile.TryReadBytes(Path.Combine(Folder, NameOf(id)), out _) is { } bytes && Digest.Of(bytes.Span) == id
            ? bytes
            : default(ReadOnlyMemory<byte>?);

    /// <summary>The newest files.</summary>
    /// <param name="judge">When a file's model was trained to, and why it would be refused; empty when not.</param>
    public ImmutableArray<ModelFileView> List(Func<ReadOnlyMemory<byte>, (long TrainedToMs, string Refusal)> judge)
    {
        try
        {
            return
            [
                .. new DirectoryInfo(Folder).EnumerateFiles($"*{Ending}")
                    .OrderByDescending(file => file.LastWriteTimeUtc)
                    .ThenBy(file => file.Name, StringComparer.Ordinal).Take(ListedMax).Select(View),
            ];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return []; // there is no folder, or none that this process may look into
        }

        ModelFileView View(FileInfo file)
        {
            if (ModelFile.TryReadBytes(file.FullName, out var defect) is not { } bytes)
                return new ModelFileView { Name = file.Name, Refusal = defect };
            var (id, (trainedToMs, refusal)) = (Digest.Of(bytes.Span), judge(bytes));
            return new ModelFileView
            {
                Name = file.Name,
                Id = id,
                TrainedToMs = trainedToMs,
                Refusal = trainedToMs == 0 || file.Name == NameOf(id)
                    ? refusal
                    : $"its bytes are {id}: a command looks for {NameOf(id)}",
            };
        }
    }
}
