namespace Mev.Adapters.DuckDb;

/// <summary>When the offset of a batch is written.</summary>
internal enum OffsetRule
{
    /// <summary>In the transaction of the records.</summary>
    WithRecords = 0,

    /// <summary>
    /// In one of its own after it: a mutation that shows what the kill test is worth, for tests alone.
    /// </summary>
    AfterRecords = 1,
}
