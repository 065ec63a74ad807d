using CsCheck;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Decisions;
using Mev.Domain.Limits;
using Mev.Domain.Limits.Caps;
using Mev.Domain.Pools;

namespace Mev.Domain.Tests.Decisions;

/// <summary>
/// What records name by hash is written in one form, and foreign bytes are refused without exceptions.
/// </summary>
public sealed class CanonicalFormTests
{
    private static readonly Policy Changed = new()
    {
        Version = 7,
        IsStopped = true,
        MinimumProfit = new Lamports(-3),
        AmountInMax = new TokenAmount(ulong.MaxValue),
        TipMax = new Lamports(9),
        OpenSubmissionsMax = 5,
        QuarantinedPools = [new PoolId(Mints.Usdc), new PoolId(Mints.Wsol)],
    };

    private static readonly StrategyParameters Parameters = new()
    {
        Id = "zwölf-2",
        Epoch = 3,
        StandardDelaySlots = 4,
        FastDelaySlots = 2,
        LandingFee = new Lamports(1),
        FastRouteFee = new Lamports(2),
    };

    [Fact]
    public void A_policy_comes_back_as_it_was()
    {
        var read = Policy.Decode(Changed.Encode())!;
        Assert.Equal(Changed.QuarantinedPools, read.QuarantinedPools);
        Assert.Equal(Changed.Encode(), read.Encode());
        Assert.Equal(Changed with { QuarantinedPools = default }, read with { QuarantinedPools = default });
    }

    [Fact]
    public void Every_property_of_a_policy_changes_its_hash()
    {
        var policy = new Policy();
        Policy[] variants =
        [
            policy with { Version = 1 }, policy with { IsStopped = true },
            policy with { MinimumProfit = new Lamports(1) }, policy with { AmountInMax = new TokenAmount(1) },
            policy with { TipMax = new Lamports(1) }, policy with { OpenSubmissionsMax = 1 },
            policy with { QuarantinedPools = [new PoolId(Mints.Wsol)] }, policy with { ResumedMs = 1 },
            policy with { Losses = new LossLimits { TradeMax = new Lamports(1) } },
            policy with { Losses = new LossLimits { HourMax = new Lamports(1) } },
            policy with { Losses = new LossLimits { DayMax = new Lamports(1) } },
            policy with { Losses = new LossLimits { DrawdownMax = new Lamports(1) } },
            policy with { Losses = new LossLimits { FailuresMax = 1 } }, policy,
            policy with { Caps = [new(CapScope.Strategy, "a", LimitRule.AmountIn, 1)] },
            policy with { Caps = [new(CapScope.Strategy, "a", LimitRule.AmountIn, 2)] },
            policy with { Caps = [new(CapScope.Strategy, "b", LimitRule.AmountIn, 1)] },
            policy with { Caps = [new(CapScope.Strategy, "a", LimitRule.DayAmountIn, 1)] },
            policy with { Caps = [new(CapScope.Pool, $"{Mints.Wsol}", LimitRule.AmountIn, 1)] },
            policy with { Caps = [new(CapScope.Token, $"{Mints.Wsol}", LimitRule.AmountIn, 1)] },
        ];
        Assert.Equal(variants.Length, variants.Select(variant => variant.Hash).Distinct().Count());
    }

    /// <summary>So the hash of a policy that was recorded before there were limits of losses is what it was.</summary>
    [Fact]
    public void A_policy_with_losses_of_its_own_has_a_form_of_its_own()
    {
        var strict = Changed with { Losses = new LossLimits { FailuresMax = 3 }, ResumedMs = 1_795_000_000_000 };
        var bytes = strict.Encode();
        var read = Policy.Decode(bytes)!;
        Assert.Equal((strict.Losses, strict.ResumedMs, strict.Hash), (read.Losses, read.ResumedMs, read.Hash));
        Assert.Equal((1, 2), (Changed.Encode()[0], bytes[0]));
        for (var length = 0; length < bytes.Length; length++) Assert.Null(Policy.Decode(bytes.AsSpan(0, length)));
        var like = Changed.Encode();
        like[0] = 2;
        Assert.Null(Policy.Decode(like)); // too short
        var usual = (strict with { Losses = new LossLimits() }).Encode();
        usual.AsSpan()[^sizeof(long)..].Clear(); // never resumed, losses of the default: the first form's to say
        Assert.Null(Policy.Decode(usual));
    }

    [Fact]
    public void A_policy_with_caps_has_a_form_of_its_own()
    {
        var capped = Changed with
        {
            Caps =
            [
                new(CapScope.Strategy, "zwölf-2", LimitRule.OpenSubmissions, 3),
                new(CapScope.Pool, $"{Mints.Usdc}", LimitRule.DayAmountIn, ulong.MaxValue),
                new(CapScope.Token, $"{Mints.Usdc}", LimitRule.AmountIn, 0),
            ],
        };
        var bytes = capped.Encode();
        var read = Policy.Decode(bytes)!;
        Assert.Equal((3, capped.Hash), (bytes[0], read.Hash));
        Assert.Equal(capped.Caps, read.Caps);
        for (var length = 0; length < bytes.Length; length++) Assert.Null(Policy.Decode(bytes.AsSpan(0, length)));
        Assert.Null(Policy.Decode([.. bytes, 0]));
        for (var i = Changed.Encode().Length; i < bytes.Length; i++) // losses, then caps
        {
            for (var bit = 1; bit < 256; bit <<= 1)
            {
                bytes[i] ^= (byte)bit;
                if (Policy.Decode(bytes) is { } other) Assert.Equal(bytes, other.Encode()); // nothing has two forms
                bytes[i] ^= (byte)bit;
            }
        }
    }

    [Fact]
    public void Parameters_come_back_as_they_were() =>
        Assert.Equal(Parameters, StrategyParameters.Decode(Parameters.Encode()));

    [Fact]
    public void A_fee_of_the_standard_route_has_a_form_of_its_own()
    {
        var paying = Parameters with { StandardRouteFee = new Lamports(7) };
        var bytes = paying.Encode();
        Assert.Equal(paying, StrategyParameters.Decode(bytes));
        Assert.Equal(1, Parameters.Encode()[0]);
        Assert.Equal(2, bytes[0]);
        for (var length = 0; length < bytes.Length; length++)
            Assert.Null(StrategyParameters.Decode(bytes.AsSpan(0, length)));
        bytes.AsSpan()[^sizeof(long)..].Clear(); // no fee is the first form's to say
        Assert.Null(StrategyParameters.Decode(bytes));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Another_law_of_tips_than_the_default_has_a_form_of_its_own(long fee)
    {
        var paying = Parameters with { StandardRouteFee = new Lamports(fee) };
        var other = paying with { TipFloorLaw = TipFloorLaw.January2026 };
        var bytes = other.Encode();
        Assert.Equal(other, StrategyParameters.Decode(bytes));
        Assert.NotEqual(paying.Hash, other.Hash);
        Assert.Equal(3, bytes[0]);
        for (var length = 0; length < bytes.Length; length++)
            Assert.Null(StrategyParameters.Decode(bytes.AsSpan(0, length)));
        foreach (var law in new byte[] { 0, 1, 3, 255 }) // none, the default, and what is none
        {
            bytes[^1] = law;
            Assert.Null(StrategyParameters.Decode(bytes));
        }
    }

    [Fact]
    public void Sizing_limits_come_back_as_they_were_and_each_changes_the_hash()
    {
        var limits = new SizingLimits();
        SizingLimits[] variants =
        [
            limits with { InputMax = new TokenAmount(1) }, limits with { QuotesMax = 9 }, limits with { GapUnits = 1 },
            limits with { GapPartsPerMillion = 1 }, limits with { TicksCrossedMax = 1 }, limits,
        ];
        Assert.All(variants, variant => Assert.Equal(variant, SizingLimits.Decode(variant.Encode())));
        Assert.Equal(variants.Length, variants.Select(variant => variant.Hash).Distinct().Count());
    }

    [Fact]
    public void Sizing_limits_out_of_their_range_are_refused()
    {
        var limits = new SizingLimits();
        SizingLimits[] wrong =
        [
            limits with { InputMax = new TokenAmount(ulong.MaxValue) }, limits with { QuotesMax = 7 },
            limits with { QuotesMax = int.MaxValue }, limits with { GapUnits = -1 },
            limits with { GapPartsPerMillion = -1 }, limits with { TicksCrossedMax = -1 },
        ];
        Assert.All(wrong, variant => Assert.Null(SizingLimits.Decode(variant.Encode())));
        Assert.Null(SizingLimits.Decode(limits.Encode().AsSpan(1)));
    }

    [Fact]
    public void Cut_or_foreign_bytes_are_refused()
    {
        var order = new PaperOrder
        {
            Opportunity = default,
            Hops = [new(new PoolId(Mints.Wsol), SwapDirection.BToA)],
            AmountIn = new TokenAmount(1),
            Tip = new Lamports(2),
            Fee = new Lamports(3),
            Route = Route.Fast,
            DecidedIn = new Slot(4),
            LandsIn = new Slot(5),
            TipFloor = new Lamports(6),
        }.Encode();
        Assert.True(PaperOrder.TryDecode(order, out var read));
        Assert.Equal(order, read!.Encode());
        for (var length = 0; length < order.Length; length++)
            Assert.False(PaperOrder.TryDecode(order.AsSpan(0, length), out _));
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            if (PaperOrder.TryDecode(bytes, out var decoded)) Assert.Equal(bytes, decoded!.Encode());
            if (Policy.Decode(bytes) is { } policy) Assert.Equal(bytes.Length, policy.Encode().Length);
            _ = StrategyParameters.Decode(bytes);
            _ = SizingLimits.Decode(bytes);
        });
    }
}
