using System.Text;
using Mev.Domain.Chain;
using Orleans;

namespace Mev.Domain.Limits.Caps;

/// <summary>A limit of one strategy, wallet, pool or token, beside those of all.</summary>
/// <param name="Scope">What it is about.</param>
/// <param name="Subject">The strategy's id, or the address of wallet, pool or mint in base58.</param>
/// <param name="Rule">AmountIn, OpenSubmissions or DayAmountIn.</param>
/// <param name="Most">
/// Lamports that cycles put in; of a token, units of it that a hop puts in; or a number of submissions. 0 lets nothing
/// through.
/// </param>
[GenerateSerializer, Immutable, Alias("mev.cap")]
public readonly record struct Cap(
    [property: Id(0)] CapScope Scope, [property: Id(1)] string Subject, [property: Id(2)] LimitRule Rule,
    [property: Id(3)] ulong Most) : IComparable<Cap>
{
    /// <summary>UTF-8 bytes of a subject at most: those of a strategy's id, and more than an address has.</summary>
    public const int SubjectBytesMax = 64;

    /// <summary>What has a <see cref="Most"/> once.</summary>
    public (CapScope Scope, string Subject, LimitRule Rule) Key => (Scope, Subject, Rule);

    /// <summary>By scope, then by subject, then by rule: what has a <see cref="Most"/> stands once.</summary>
    public int CompareTo(Cap other)
    {
        var order = Scope.CompareTo(other.Scope);
        if (order == 0) order = string.CompareOrdinal(Subject, other.Subject);
        return order == 0 ? Rule.CompareTo(other.Rule) : order;
    }

    /// <summary>Why it cannot be in force: what it is and what is allowed; null when it can.</summary>
    public string? Refusal()
    {
        if (Rule is not (LimitRule.AmountIn or LimitRule.OpenSubmissions or LimitRule.DayAmountIn))
            return $"a cap is of {Rule}; allowed are AmountIn, OpenSubmissions and DayAmountIn";
        return Scope switch
        {
            CapScope.Strategy => Encoding.UTF8.GetByteCount(Subject) is > 0 and <= SubjectBytesMax
                ? null
                : $"a cap's strategy has {Subject.Length} characters; allowed are 1 to {SubjectBytesMax} bytes",
            CapScope.Wallet or CapScope.Pool or CapScope.Token =>
                Pubkey.TryParse(Subject, out var address) && !address.IsZero && $"{address}" == Subject
                    ? null
                    : $"a cap is of {Scope} '{Subject}'; allowed is an address in base58",
            _ => $"a cap is of {Scope}; allowed are Strategy, Wallet, Pool and Token",
        };
    }
}
