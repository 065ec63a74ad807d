using System.Runtime.InteropServices;
using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;

namespace Mev.Journal.Audit;

/// <summary>Which code wrote the records that follow, and on what.</summary>
/// <param name="GitCommit">Commit that the process was built from; empty when not known.</param>
/// <param name="ImageDigest">Digest of the container image; empty outside a container.</param>
/// <param name="Feed">Identity of the feed that it was started on.</param>
/// <param name="StrategyPartitions">Partitions that strategies spread over, beside the control partition.</param>
public sealed record CodeIdentity(string GitCommit, string ImageDigest, string Feed, int StrategyPartitions)
{
    private static readonly Digest SchemaHash = Digest.Of(AuditReflection.Descriptor.SerializedData.Span);

    /// <summary>The record that opens a partition.</summary>
    public AuditEntry Opened() => new(RecordType.Writer, SchemaHash, new AuditRecord
    {
        Writer = new Writer
        {
            Opened = true,
            GitCommit = GitCommit,
            ImageDigest = ImageDigest,
            KernelVersion = DecisionKernel.Version,
            SchemaHash = ByteString.CopyFrom(SchemaHash.ToArray()),
            Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
            Feed = Feed,
            StrategyPartitions = (uint)StrategyPartitions,
        },
    });

    /// <summary>The record that ends a writer in a partition.</summary>
    public static AuditEntry Closed() => new(RecordType.Writer, SchemaHash, new AuditRecord { Writer = new Writer() });

    /// <summary>
    /// Why a journal that such a writer opened is not for this start; null when it is. A cursor counts the batches of
    /// one feed, and a strategy's decisions lie in the partition that the number of partitions gives it.
    /// </summary>
    public string? Foreign(Writer opened)
    {
        if (opened.Feed != Feed)
        {
            return $"the journal is of another feed: it was begun on '{opened.Feed}', and this start is on '{Feed}'. "
                + "Give this feed files of its own (Journal:Path and State:Path), or start with the former feed.";
        }
        return opened.StrategyPartitions == StrategyPartitions
            ? null
            : $"Trading:StrategyPartitions was {opened.StrategyPartitions} when the journal was begun and is "
                + $"{StrategyPartitions} now: strategies would not find their decisions. Set it back to "
                + $"{opened.StrategyPartitions}, or begin with new files (Journal:Path and State:Path).";
    }
}
