namespace Mev.Adapters.Paper;

/// <summary>
/// The paper chain's own line of write versions. As long as nothing was inserted a recorded version stays as it is;
/// afterwards every recorded version is raised by as much as was inserted, so that (slot, write version) orders
/// everything that leaves as it happened. A late write of the feed keeps its place among its siblings.
/// </summary>
internal sealed class WriteVersions
{
    private ulong _offset;
    private ulong _lastRecorded;

    /// <summary>Highest version given out so far.</summary>
    public ulong Last { get; private set; }

    /// <summary>Nothing was inserted so far: recorded versions leave unchanged.</summary>
    public bool IsUnchanged => _offset == 0 && Last == _lastRecorded;

    /// <summary>
    /// The version under which a recorded live write leaves; above every earlier one when it came in order.
    /// </summary>
    public ulong Shift(ulong recorded)
    {
        if (recorded > _lastRecorded)
        {
            _lastRecorded = recorded;
            if (recorded + _offset <= Last) _offset = Last + 1 - recorded;
        }
        var shifted = recorded + _offset;
        if (shifted > Last) Last = shifted;
        return shifted;
    }

    /// <summary>The version of a cursor of the feed, where the offset already applies to it.</summary>
    public ulong OfCursor(ulong recorded) => recorded == 0 ? 0 : recorded + _offset;

    /// <summary>A fresh version for a write of the chain's own.</summary>
    public ulong Next() => ++Last;

    /// <summary>Everything up to <paramref name="version"/> was given to writes of the chain's own.</summary>
    public void Advance(ulong version)
    {
        if (version > Last) Last = version;
    }
}
