namespace Mev.Domain.Pools.MeteoraDlmm;

/// <summary>What a walk tells on its way, for whoever needs more than the two amounts.</summary>
internal interface IBinTrace
{
    /// <summary>A bin gave something for this fee.</summary>
    void OnFill(int bin, in BinFill fill, ulong fee);

    /// <summary>Hears nothing.</summary>
    internal readonly struct None : IBinTrace
    {
        public void OnFill(int bin, in BinFill fill, ulong fee)
        {
        }
    }
}
