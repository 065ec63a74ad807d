namespace Mev.Domain.Feed;

/// <summary>Where a write found its place among the known values of its account.</summary>
internal enum Placement : byte
{
    /// <summary>Nowhere: a newer value of the same slot, or one beyond undoing, is known.</summary>
    Late = 0,

    /// <summary>Nowhere: it is known already.</summary>
    Duplicate,

    /// <summary>Below the newest value, for a roll back.</summary>
    Kept,

    /// <summary>At the top.</summary>
    Newest,
}
