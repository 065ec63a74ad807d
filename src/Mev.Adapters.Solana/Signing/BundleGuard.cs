using System.Collections.Frozen;
using System.Collections.Immutable;
using Mev.Adapters.Solana.Signing.Rules;
using Mev.Domain.Chain;
using Mev.Domain.Signing;

namespace Mev.Adapters.Solana.Signing;

/// <summary>
/// Asks every rule in its order about a bundle: benign only, enforced and not promised. A pure function of the request.
/// </summary>
internal static class BundleGuard
{
    /// <summary>All rules, in the order of their numbers.</summary>
    public static ImmutableArray<(GuardRule Rule, Func<DecodedBundle, string?> Refusal)> Rules { get; } = [
        (GuardRule.Mixed, MixedRule.Refusal),
        (GuardRule.OneForeign, OneForeignRule.Refusal),
        (GuardRule.NoOwnBeforeForeign, NoOwnBeforeForeignRule.Refusal),
        (GuardRule.Cyclic, CyclicRule.Refusal),
        (GuardRule.CrossBundle, CrossBundleRule.Refusal),
        (GuardRule.DontFront, DontFrontRule.Refusal),
        (GuardRule.Programs, ProgramsRule.Refusal),
        (GuardRule.Tip, TipRule.Refusal),
        (GuardRule.Limits, LimitsRule.Refusal),
        (GuardRule.Stop, StopRule.Refusal),
        (GuardRule.Intent, IntentRule.Refusal),
        (GuardRule.Shape, ShapeRule.Refusal),
        (GuardRule.Network, NetworkRule.Refusal)];

    /// <summary>The first refusal; none for a bundle that may be signed, which is then decoded.</summary>
    /// <param name="request">The bundle, and what the rules ask about it.</param>
    /// <param name="wrapped">Accounts of wrapped SOL that were derived before, by wallet.</param>
    /// <param name="bundle">It decoded.</param>
    public static SigningRefusal? Check(
        SigningRequest request, FrozenDictionary<Pubkey, Pubkey> wrapped, out DecodedBundle? bundle) =>
        Check(request, Rules, out bundle, wrapped);

    /// <summary>The same by given rules: tests take one away and see what passes then.</summary>
    internal static SigningRefusal? Check(
        SigningRequest request, IEnumerable<(GuardRule Rule, Func<DecodedBundle, string?> Refusal)> rules,
        out DecodedBundle? bundle, FrozenDictionary<Pubkey, Pubkey>? wrapped = null)
    {
        bundle = BundleDecoder.Read(request, out var refusal);
        if (bundle is null) return refusal;
        if (wrapped is not null) bundle = bundle with { Wrapped = wrapped };
        foreach (var (rule, check) in rules)
            if (check(bundle) is { } sentence) return new SigningRefusal(rule, sentence);
        return null;
    }
}
