using CsCheck;
using Mev.Adapters.Solana.Signing;
using Mev.Adapters.Solana.Signing.Treasury;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Signing;

namespace Mev.Adapters.Tests.Signing.Treasury;

/// <summary>
/// The second class of signatures: exact forms pass, everything else is refused by a rule that is named.
/// </summary>
public sealed class TreasuryGuardTests
{
    private const int Plans = 20_000;

    public static TheoryData<GuardRule> Rules => [.. TreasuryGuard.Rules.Select(entry => entry.Rule)];

    public static TheoryData<string> Forms =>
        [.. Enum.GetNames<TreasuryForm>().Where(name => name != nameof(TreasuryForm.Unknown))];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Each_form_is_read_and_signed_by_its_wallet(string name)
    {
        var form = Enum.Parse<TreasuryForm>(name);
        var request = TreasuryPlan.Sound(form).Request();
        Assert.Null(TreasuryGuard.Check(request, out var order));
        Assert.Equal(form, order!.Form);
        using var signer = Signer();
        var signed = Transaction.Read(
            Assert.Single(signer.SignTreasury(request, _ => Assert.Fail("refused")).Transactions).Span, out _)!;
        Assert.True(signed.IsSigned());
        Assert.Equal(request.Message.ToArray(), signed.Message.ToArray());
    }

    [Theory]
    [InlineData("Fund", "ToStranger", "treasury-destination")]
    [InlineData("TokenAccounts", "ToStranger", "treasury-destination")]
    [InlineData("Wrap", "ToStranger", "treasury-form")]
    [InlineData("Unwrap", "ToStranger", "treasury-form")]
    [InlineData("Nonce", "StrangerHasNonce", "treasury-form")]
    [InlineData("LookupTable", "StrangerClosesTable", "treasury-form")]
    [InlineData("LookupTable", "TooLong", "shape")]
    [InlineData("Fund", "TokenApproval", "treasury-form")]
    [InlineData("Fund", "StrangeProgram", "treasury-form")]
    [InlineData("Fund", "SecondSigner", "mixed")]
    [InlineData("Fund", "OnePersonInTwoRoles", "")]
    [InlineData("Probe", "TipToStranger", "treasury-form")]
    [InlineData("Probe", "TipAboveCap", "tip")]
    [InlineData("Probe", "TipTooSmall", "tip")]
    [InlineData("Wrap", "AboveCap", "treasury-cap")]
    [InlineData("Wrap", "AboveOrder", "treasury-cap")]
    [InlineData("Fund", "HugePrice", "limits")]
    [InlineData("Fund", "BelowReserve", "limits")]
    [InlineData("Fund", "UnknownBalance", "limits")]
    [InlineData("Fund", "NotAllowed", "limits")]
    [InlineData("Fund", "Stopped", "stop")]
    [InlineData("Fund", "PermitEnded", "stop")]
    [InlineData("Fund", "NotOrdered", "intent")]
    [InlineData("Fund", "OtherOrder", "intent")]
    [InlineData("Fund", "NotApproved", "intent")]
    [InlineData("Fund", "Mainnet", "network")]
    [InlineData("Fund", "UnknownChain", "network")]
    public void A_flaw_is_refused_by_its_rule_and_told_before_it_is_answered(string form, string flaw, string rule)
    {
        var plan = new TreasuryPlan(
            Enum.Parse<TreasuryForm>(form), Enum.Parse<TreasuryFlaw>(flaw), TreasuryFlaw.None, false);
        var told = new List<SigningRefusal>();
        using var signer = Signer();
        var answer = signer.SignTreasury(plan.Request(), told.Add);
        Assert.Equal(rule, answer.Refusal?.Rule.Id() ?? "");
        Assert.Equal(answer.Refusal, told.SingleOrDefault());
        Assert.Equal(rule.Length == 0 ? 1 : 0, answer.Transactions.Length);
    }

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "treasury-destination")]
    public void Outside_the_platform_an_administrator_and_a_risk_officer_have_to_agree(bool isAgreed, string rule)
    {
        var plan = new TreasuryPlan(TreasuryForm.Fund, TreasuryFlaw.ToStranger, TreasuryFlaw.None, isAgreed);
        Assert.Equal(rule, TreasuryGuard.Check(plan.Request(), out _)?.Rule.Id() ?? "");
        var oneOnly = plan with { Second = TreasuryFlaw.OnePersonInTwoRoles };
        Assert.Equal("treasury-destination", TreasuryGuard.Check(oneOnly.Request(), out _)?.Rule.Id());
    }

    [Fact]
    public void No_cycle_passes_here_and_nothing_of_this_passes_as_a_cycle()
    {
        var wallet = TreasuryPlan.Payer;
        var cycle = SignedScene.Message(wallet, SignedScene.Cycle(wallet, true, true, SignedScene.Tip));
        var request = TreasuryPlan.Sound(TreasuryForm.Fund).Request() with
        {
            Message = cycle,
            Ordered = Digest.Of(cycle),
        };
        Assert.Equal(GuardRule.TreasuryForm, TreasuryGuard.Check(request, out _)?.Rule);
        foreach (var form in Enum.GetValues<TreasuryForm>().Where(form => form != TreasuryForm.Unknown))
        {
            var asBundle = SignedScene.Request(TreasuryPlan.Sound(form).Request().Message.ToArray());
            Assert.Equal(GuardRule.Cyclic, BundleGuard.Check(asBundle, BundleGuard.Rules, out _)?.Rule);
        }
    }

    [Fact]
    public void Whatever_bytes_come_it_answers() => Gen.Select(
        Gen.Enum<TreasuryForm>().Where(form => form != TreasuryForm.Unknown), Gen.Int[0, 1_000], Gen.Byte,
        Gen.Int[0, 80])
        .Sample((form, at, noise, cut) =>
        {
            var request = TreasuryPlan.Sound(form).Request();
            var bytes = request.Message.ToArray();
            bytes[at % bytes.Length] = noise;
            bytes = bytes[..Math.Max(0, bytes.Length - (cut > 60 ? cut : 0))];
            request = request with { Message = bytes, Ordered = Digest.Of(bytes) };
            return TreasuryGuard.Check(request, out _) is not null || TreasuryHarm.Find(request) is null;
        }, iter: 5_000);

    [Fact]
    public void What_passes_harms_nobody()
    {
        var passed = 0;
        TreasuryPlan.Random.Sample(plan =>
        {
            var request = plan.Request();
            if (TreasuryGuard.Check(request, out _) is not null) return;
            Interlocked.Increment(ref passed);
            Assert.Null(TreasuryHarm.Find(request));
        }, iter: Plans);
        Assert.True(passed > Plans / 10, $"{passed} orders passed: too few to say anything");
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Without_a_rule_harm_passes(GuardRule rule)
    {
        var rules = TreasuryGuard.Rules.Where(entry => entry.Rule != rule).ToList();
        var harms = 0;
        TreasuryPlan.Random.Sample(plan =>
        {
            if (Volatile.Read(ref harms) > 0) return;
            var request = plan.Request();
            if (TreasuryGuard.Check(request, rules, out _) is not null) return;
            if (TreasuryHarm.Find(request) is not null) Interlocked.Increment(ref harms);
        }, iter: Plans);
        Assert.True(harms > 0, $"nothing passes without {rule.Id()} that does not pass with it");
    }

    // Of the keys only: the signer wipes what it is given.
    private static GuardedSigner Signer() => new(Samples.Signer("wallet 0"), Samples.Signer("wallet 1"));
}
