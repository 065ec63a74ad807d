using System.Collections.Immutable;
using CsCheck;
using Mev.Adapters.Solana.Signing;
using Mev.Domain.Chain;
using Mev.Domain.Signing;

namespace Mev.Adapters.Tests.Signing;

/// <summary>
/// Random sequences of bundles, own, foreign and mixed, over shared pools and several wallets: what the rules let pass
/// harms nobody, and each rule is needed for that.
/// </summary>
public sealed class BenignPropertyTests
{
    private const int Sequences = 1_500;
    private const int BundlesMax = 4;

    public static TheoryData<GuardRule> Rules =>
        [.. BundleGuard.Rules.Select(entry => entry.Rule)];

    [Fact]
    public void What_passes_harms_nobody()
    {
        var passed = 0;
        var foreign = 0;
        BundlePlan.Random.Array[1, BundlesMax].Sample(plans =>
        {
            var through = Through(plans, without: GuardRule.Unknown);
            Interlocked.Add(ref passed, through.Count);
            var withForeign = through.Count(bundle => bundle.Request.Parts.Any(part => part.IsObserved));
            Interlocked.Add(ref foreign, withForeign);
            Assert.Null(HarmChecker.Find(through));
        }, iter: Sequences);
        Assert.True(passed > Sequences / 4, $"{passed} bundles passed: too few to say anything");
        Assert.True(foreign > Sequences / 20, $"{foreign} with a foreign transaction: too few to say anything");
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Without_a_rule_harm_passes(GuardRule rule)
    {
        var harms = 0;
        BundlePlan.Random.Array[1, BundlesMax].Sample(plans =>
        {
            if (Volatile.Read(ref harms) > 0) return;
            if (HarmChecker.Find(Through(plans, rule)) is not null) Interlocked.Increment(ref harms);
        }, iter: 4 * Sequences);
        Assert.True(harms > 0, $"nothing passes without {rule.Id()} that does not pass with it");
    }

    /// <summary>The bundles that pass, one after the other; each is in the history of the next.</summary>
    private static List<(SigningRequest Request, ulong Slot)> Through(BundlePlan[] plans, GuardRule without)
    {
        var rules = BundleGuard.Rules.Where(entry => entry.Rule != without).ToList();
        var passed = new List<(SigningRequest, ulong)>();
        ImmutableArray<OwnTrade> history = [];
        var slot = 1_000UL;
        foreach (var plan in plans)
        {
            slot += (ulong)plan.SlotsLater;
            var request = plan.Request(history, new Slot(slot));
            if (BundleGuard.Check(request, rules, out _) is not null) continue;
            passed.Add((request, slot));
            var landedIn = slot;
            history = history.AddRange(
                from part in request.Parts
                from swap in Landed.Of(part, passed.Count, slot).Swaps
                where swap.IsOwn
                select new OwnTrade(
                    new PoolTrade(new Domain.Pools.PoolId(swap.Pool), swap.MintIn), new Slot(landedIn)));
        }
        return passed;
    }
}
