namespace Mev.Domain.Learning;

/// <summary>The three best of the scores offered so far, all above 0.</summary>
internal struct TopScores
{
    public TopScores()
    {
    }

    public ArmScore Best { get; private set; } = ArmScore.None;

    public ArmScore Second { get; private set; } = ArmScore.None;

    public ArmScore Third { get; private set; } = ArmScore.None;

    /// <summary>False when a score of at most <paramref name="score"/> of that arm would change nothing.</summary>
    public readonly bool Admits(int arm, double score) => Third.IsBeatenBy(arm, score);

    public void Offer(int arm, double score)
    {
        if (!Admits(arm, score)) return;
        var offered = new ArmScore(arm, score);
        if (Best.IsBeatenBy(arm, score))
            (Best, Second, Third) = (offered, Best, Second);
        else if (Second.IsBeatenBy(arm, score))
            (Second, Third) = (offered, Second);
        else
            Third = offered;
    }
}
