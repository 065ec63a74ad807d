namespace Mev.Simulator.Yellowstone;

/// <summary>How the stream misbehaves, for those who test what they do then. All off at the start.</summary>
internal sealed class StreamSwitches
{
    private volatile bool _isSilent;
    private volatile bool _holdsNothing;
    private volatile bool _refuses;

    /// <summary>Streams stay open and nothing is sent.</summary>
    public bool IsSilent
    {
        get => _isSilent;
        set => _isSilent = value;
    }

    /// <summary>Nothing that happened can be sent again.</summary>
    public bool HoldsNothing
    {
        get => _holdsNothing;
        set => _holdsNothing = value;
    }

    /// <summary>New streams are refused.</summary>
    public bool Refuses
    {
        get => _refuses;
        set => _refuses = value;
    }
}
