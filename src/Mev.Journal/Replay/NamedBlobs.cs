using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Chain;

namespace Mev.Journal.Replay;

/// <summary>The blobs that a decision record names.</summary>
public static class NamedBlobs
{
    /// <summary>
    /// Each hash once with what it stands for, in the order of the fields; what is no hash is left out.
    /// </summary>
    public static IReadOnlyList<(Digest Hash, string What)> Of(DecisionCore core)
    {
        var named = new List<(Digest, string)>();
        Add(core.ParametersHash, "strategy parameters");
        Add(core.PolicyHash, "policy");
        Add(core.PosteriorId, "posterior");
        Add(core.SizingHash, "sizing limits");
        Add(core.TermsHash, "bundle terms");
        if (core.Surroundings is { } surroundings) Add(surroundings.ModelId, "model");
        foreach (var use in core.Accounts)
            Add(use.Hash, use.Key.Length == Pubkey.Length ? $"account {new Pubkey(use.Key.Span)}" : "account");
        return named.DistinctBy(blob => blob.Item1).ToList();

        void Add(ByteString hash, string what)
        {
            if (hash.Length == Digest.Length) named.Add((new Digest(hash.Span), what));
        }
    }
}
