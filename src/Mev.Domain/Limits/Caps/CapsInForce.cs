using Mev.Domain.Chain;

namespace Mev.Domain.Limits.Caps;

/// <summary>
/// The caps of a policy as they bind one strategy and its wallet: made once for a policy, and read without allocating.
/// </summary>
public sealed class CapsInForce
{
    private const int RulesMax = 3;

    private readonly Policy _policy;
    private readonly Pubkey? _wallet;
    private readonly BoundCap[] _own;
    private readonly Dictionary<CapSubject, BoundCap[]> _ofHops;

    private CapsInForce(Policy policy, string strategy, Pubkey? wallet)
    {
        (_policy, _wallet) = (policy, wallet);
        var bound = policy.Caps.Where(Binds).Select(cap => new BoundCap(SubjectOf(cap), cap.Rule, cap.Most)).ToList();
        _own = [.. bound.Where(cap => cap.Subject.IsOwn)];
        _ofHops = bound.Where(cap => !cap.Subject.IsOwn).GroupBy(cap => cap.Subject)
            .ToDictionary(caps => caps.Key, caps => caps.ToArray());

        bool Binds(Cap cap) => cap.Scope switch
        {
            CapScope.Strategy => cap.Subject == strategy,
            CapScope.Wallet => wallet is { } payer && cap.Subject == $"{payer}",
            _ => true,
        };
    }

    /// <summary>None binds.</summary>
    public bool IsEmpty => _own.Length == 0 && _ofHops.Count == 0;

    /// <summary>Those of the strategy and of its wallet, which bind whatever the hops.</summary>
    public ReadOnlySpan<BoundCap> Own => _own;

    /// <summary>Those that bind.</summary>
    /// <param name="policy">In force.</param>
    /// <param name="strategy">Whose decisions they are.</param>
    /// <param name="wallet">Who pays; null where nobody does, as on paper.</param>
    public static CapsInForce Of(Policy policy, string strategy, Pubkey? wallet) => new(policy, strategy, wallet);

    /// <summary>The same strategy's; this one where neither policy nor wallet is another.</summary>
    public CapsInForce Under(Policy policy, string strategy, Pubkey? wallet) =>
        ReferenceEquals(policy, _policy) && wallet == _wallet ? this : Of(policy, strategy, wallet);

    /// <summary>Those of a pool or token.</summary>
    public ReadOnlySpan<BoundCap> Of(CapSubject subject) => _ofHops.GetValueOrDefault(subject);

    /// <summary>Checks that they make of a cycle at most.</summary>
    public int ChecksMax(int hops) => _own.Length + (_ofHops.Count == 0 ? 0 : hops * 2 * RulesMax);

    private static CapSubject SubjectOf(Cap cap) => cap.Scope == CapScope.Strategy
        ? new CapSubject(CapScope.Strategy)
        : new CapSubject(cap.Scope, Pubkey.Parse(cap.Subject)); // a policy in force has no other
}
