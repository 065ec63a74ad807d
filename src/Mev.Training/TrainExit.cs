namespace Mev.Training;

/// <summary>Exit codes of <c>mev-train</c>, those of <c>mevctl</c>.</summary>
internal static class TrainExit
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;

    /// <summary>A gate refused the model.</summary>
    public const int Refused = 3;

    /// <summary>The store cannot be read.</summary>
    public const int Unavailable = 5;
}
