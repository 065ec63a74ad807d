using System.Collections.Immutable;
using Mev.Domain.Limits;

namespace Mev.Control.Policies;

/// <summary>The newest versions of the policy, ascending. All of them are in the log.</summary>
public sealed record PolicyHistory
{
    /// <summary>Versions that are remembered at most; beyond, the oldest is forgotten.</summary>
    public const int VersionsMax = 64;

    /// <summary>Before the first record: the built-in default.</summary>
    public static PolicyHistory First { get; } = new() { Versions = [new(new Policy(), "built in", null, 0)] };

    /// <summary>Those that are remembered, at least one.</summary>
    public required ImmutableList<PolicyVersion> Versions { get; init; }

    /// <summary>With the one that is in force now; one that changes nothing is none.</summary>
    public PolicyHistory With(PolicyVersion next)
    {
        if (next.Policy.Hash == Versions[^1].Policy.Hash) return this;
        var versions = Versions.Add(next);
        return new PolicyHistory { Versions = versions.Count > VersionsMax ? versions.RemoveAt(0) : versions };
    }

    /// <summary>A version; of two with its number the later, and null where it is not remembered.</summary>
    public PolicyVersion? Find(ulong version) => Versions.FindLast(each => each.Policy.Version == version);

    /// <summary>What led from one version to another, oldest first; empty when the second is not the later.</summary>
    public ImmutableArray<PolicyVersion> Between(ulong from, ulong to) =>
        [.. Versions.Where(each => each.Policy.Version > from && each.Policy.Version <= to)];
}
