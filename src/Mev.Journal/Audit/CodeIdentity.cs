using System.Runtime.InteropServices;
using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;

namespace Mev.Journal.Audit;

/// <summary>Which code wrote the records that follow.</summary>
/// <param name="GitCommit">Commit that the process was built from; empty when not known.</param>
/// <param name="ImageDigest">Digest of the container image; empty outside a container.</param>
/// <param name="Feed">The feed that it was started on, for people.</param>
public sealed record CodeIdentity(string GitCommit, string ImageDigest, string Feed)
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
        },
    });
}
