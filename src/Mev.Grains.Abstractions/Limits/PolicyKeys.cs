namespace Mev.Grains.Abstractions.Limits;

/// <summary>Keys of policy grains.</summary>
public static class PolicyKeys
{
    /// <summary>The policy of the whole cluster.</summary>
    public const string Global = "global";
}
