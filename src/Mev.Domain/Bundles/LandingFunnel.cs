namespace Mev.Domain.Bundles;

/// <summary>
/// Counts how far bundles came, in all and by region, leader, compute units and tip. Not from several threads at once.
/// </summary>
public sealed class LandingFunnel
{
    /// <summary>
    /// Values of one label that are counted apart; what comes later is counted as <see cref="Others"/>.
    /// </summary>
    public const int ValuesMax = 1_024;

    /// <summary>Stands for all values beyond the bound.</summary>
    public const string Others = "others";

    private static readonly int Stages = Enum.GetValues<LandingStage>().Length;

    private readonly long[] _all = new long[Stages];
    private readonly Dictionary<(LandingLabel Label, string Value), long[]> _by = [];
    private readonly int[] _values = new int[Enum.GetValues<LandingLabel>().Length];

    /// <summary>A bundle came to a stage for the first time.</summary>
    public void Reach(LandingStage stage, LandingLabels labels) => Add(stage, labels, 1);

    /// <summary>A stage is taken back: the landing disappeared.</summary>
    public void Leave(LandingStage stage, LandingLabels labels) => Add(stage, labels, -1);

    /// <summary>How many came to a stage.</summary>
    public long Count(LandingStage stage) => _all[(int)stage];

    /// <summary>How many with that value of a label did.</summary>
    public long Count(LandingStage stage, LandingLabel label, string value) =>
        _by.TryGetValue((label, value), out var counts) ? counts[(int)stage] : 0;

    /// <summary>Values of a label that were seen, in order.</summary>
    public IReadOnlyList<string> Values(LandingLabel label) =>
        [.. _by.Keys.Where(key => key.Label == label).Select(key => key.Value).Order(StringComparer.Ordinal)];

    /// <summary>Of those that came to one stage, how many came to a later one.</summary>
    public Proportion Rate(LandingStage of, LandingStage reached) => new(Count(reached), Count(of));

    /// <summary>The same for one value of a label.</summary>
    public Proportion Rate(LandingStage of, LandingStage reached, LandingLabel label, string value) =>
        new(Count(reached, label, value), Count(of, label, value));

    /// <summary>The counts as they are now; what is counted later is not in it.</summary>
    public LandingFunnel Copy()
    {
        var copy = new LandingFunnel();
        _all.CopyTo(copy._all, 0);
        _values.CopyTo(copy._values, 0);
        foreach (var (key, counts) in _by) copy._by.Add(key, [.. counts]);
        return copy;
    }

    private void Add(LandingStage stage, LandingLabels labels, int change)
    {
        _all[(int)stage] += change;
        Counts(LandingLabel.Region, labels.Region)[(int)stage] += change;
        Counts(LandingLabel.Leader, labels.Leader)[(int)stage] += change;
        Counts(LandingLabel.Units, labels.Units)[(int)stage] += change;
        Counts(LandingLabel.Tip, labels.Tip)[(int)stage] += change;
    }

    private long[] Counts(LandingLabel label, string value)
    {
        if (_by.TryGetValue((label, value), out var counts)) return counts;
        if (value != Others && _values[(int)label] >= ValuesMax) return Counts(label, Others);
        if (value != Others) _values[(int)label]++;
        return _by[(label, value)] = new long[Stages];
    }
}
