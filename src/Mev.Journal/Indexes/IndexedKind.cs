namespace Mev.Journal.Indexes;

/// <summary>What a place is found by. The numbers are stored.</summary>
internal enum IndexedKind
{
    /// <summary>A decision's id.</summary>
    Decision = 1,

    /// <summary>The opportunity of an intent.</summary>
    Intent = 2,

    /// <summary>The hash of a blob.</summary>
    Blob = 3,
}
