namespace Mev.Domain.Auctions;

/// <summary>By how much a peer is to be beaten, with a paired interval above 0.</summary>
/// <param name="Peer">Who.</param>
/// <param name="Percent">Relative gain at least, with every opportunity weighing alike.</param>
/// <param name="IsRawToo">Whether it is asked of the profit as it is too.</param>
public sealed record GainBound(string Peer, double Percent, bool IsRawToo)
{
    private const string Group = "G2";

    /// <summary>Every opportunity alike: the gain, and where its interval begins.</summary>
    public (GoalBound Gain, GoalBound From) Norm => Of("norm");

    /// <summary>As it is.</summary>
    public (GoalBound Gain, GoalBound From) Raw => Of("raw");

    /// <summary>All that is asked, in the order of the table.</summary>
    public IEnumerable<GoalBound> Lines =>
        IsRawToo ? [Norm.Gain, Norm.From, Raw.Gain, Raw.From] : [Norm.Gain, Norm.From];

    private (GoalBound Gain, GoalBound From) Of(string kind)
    {
        var gain = $"{kind} gain over {Peer}";
        return (
            new GoalBound(Group, $"{gain}, %", Percent),
            new GoalBound(Group, $"{gain}, its paired 95 % interval from, points", 0.0));
    }
}
