using Mev.Streaming.Frames;

namespace Mev.Streaming.Channels;

/// <summary>Consecutive numbers of a lossless channel.</summary>
/// <param name="From">The first of them: later than asked for where the log no longer holds what was before it.</param>
/// <param name="Messages">One for each number; null where the record does not belong to the channel.</param>
public sealed record ChannelPage(ulong From, IReadOnlyList<StreamMessage?> Messages)
{
    /// <summary>The number after the last.</summary>
    public ulong Next => From + (ulong)Messages.Count;
}
