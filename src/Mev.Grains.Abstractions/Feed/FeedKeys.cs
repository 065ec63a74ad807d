namespace Mev.Grains.Abstractions.Feed;

/// <summary>Keys of feed grains.</summary>
public static class FeedKeys
{
    /// <summary>The feed of a process that has one.</summary>
    public const string Main = "main";
}
