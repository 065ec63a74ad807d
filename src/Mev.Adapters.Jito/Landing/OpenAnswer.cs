namespace Mev.Adapters.Jito.Landing;

/// <summary>Whether a submission begins something.</summary>
internal enum OpenAnswer
{
    /// <summary>It is watched from now on.</summary>
    Opened = 0,

    /// <summary>It was submitted before.</summary>
    Known = 1,

    /// <summary>Other bytes were submitted for the opportunity before.</summary>
    OtherBytes = 2,

    /// <summary>As many are watched as may be.</summary>
    Full = 3,
}
