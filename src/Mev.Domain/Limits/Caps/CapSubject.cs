using Mev.Domain.Chain;
using Orleans;

namespace Mev.Domain.Limits.Caps;

/// <summary>What a cap is about, as decisions and their records name it.</summary>
/// <param name="Scope">Which kind of thing.</param>
/// <param name="Address">Of wallet, pool or mint; zero for a strategy: the one that decides.</param>
[GenerateSerializer, Immutable, Alias("mev.cap-subject")]
public readonly record struct CapSubject([property: Id(0)] CapScope Scope, [property: Id(1)] Pubkey Address = default)
{
    /// <summary>It binds every decision of a strategy with its wallet, whatever the hops.</summary>
    public bool IsOwn => Scope is CapScope.Strategy or CapScope.Wallet;

    /// <inheritdoc/>
    public override string ToString() => Scope switch
    {
        CapScope.Unknown => "",
        CapScope.Strategy => "strategy",
        _ => $"{Scope.ToString().ToLowerInvariant()} {Address}",
    };
}
