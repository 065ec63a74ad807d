using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Domain.Limits;

namespace Mev.Control.Commands;

/// <summary>What a permitted command does beyond the control plane's own state: its owner carries it out.</summary>
public abstract record CommandEffect
{
    /// <summary>Another version of the policy.</summary>
    /// <param name="Next">Exactly this one; its version follows the one in force.</param>
    public sealed record PolicyChange(Policy Next) : CommandEffect;

    /// <summary>Nothing is submitted any more.</summary>
    public sealed record Stop : CommandEffect;

    /// <summary>Submitting goes on.</summary>
    /// <param name="Version">Of the policy that begins with it; another stop meanwhile makes it a version more.</param>
    public sealed record Resume(ulong Version) : CommandEffect;

    /// <summary>What a strategy learns.</summary>
    /// <param name="Strategy">Its id.</param>
    /// <param name="Kind">What is done.</param>
    /// <param name="Epoch">That begins with it; 0 of a freeze or thaw.</param>
    /// <param name="Posterior">Canonical bytes, of another prior; empty otherwise.</param>
    public sealed record Learning(
        string Strategy, LearningChangeKind Kind, ulong Epoch, ReadOnlyMemory<byte> Posterior) : CommandEffect;

    /// <summary>Which model gives offsets.</summary>
    /// <param name="Version">Number of this change of models, one more than there were.</param>
    /// <param name="Id">The file's hash; null for none, and where the one before is meant.</param>
    /// <param name="IsPrevious">The one before, whichever it is: a roll back.</param>
    public sealed record Model(ulong Version, Digest? Id, bool IsPrevious) : CommandEffect;
}
