using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Domain.Learning;

/// <summary>Which of a grid's rising shares are allowed: one run, since the tip rises with the share.</summary>
/// <param name="First">Index of the lowest allowed share.</param>
/// <param name="Last">Index of the highest; below <paramref name="First"/> when none is.</param>
internal readonly record struct TipRange(int First, int Last)
{
    public int Count => Math.Max(0, Last - First + 1);

    public static TipRange Of(in ChoiceContext context, ImmutableArray<int> sharesBasisPoints)
    {
        var last = sharesBasisPoints.Length - 1;
        if (context.Value <= Lamports.Zero) return new TipRange(0, -1);
        var least = LeastTip(context);
        var first = 0;
        while (first <= last && context.Value.Share(sharesBasisPoints[first]) < least) first++;
        while (last >= first && context.Value.Share(sharesBasisPoints[last]) > context.TipCap) last--;
        return new TipRange(first, last);
    }

    /// <summary>Why a tip is not allowed, if it is not.</summary>
    public static ArmExclusion ExclusionOf(in ChoiceContext context, Lamports tip)
    {
        if (context.Value <= Lamports.Zero || tip < LeastTip(context)) return ArmExclusion.TipBelowFloor;
        return tip > context.TipCap ? ArmExclusion.TipAboveCap : ArmExclusion.None;
    }

    private static Lamports LeastTip(in ChoiceContext context) =>
        context.TipFloor > Arm.TipMin ? context.TipFloor : Arm.TipMin;
}
