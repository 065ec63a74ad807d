namespace Mev.Domain.Pools.MeteoraDlmm;

/// <summary>Collects what each bin gave, in walking order.</summary>
internal readonly struct BinFillTrace(List<(int Bin, BinFill Fill, ulong Fee)> fills) : IBinTrace
{
    /// <inheritdoc/>
    public void OnFill(int bin, in BinFill fill, ulong fee) => fills.Add((bin, fill, fee));
}
