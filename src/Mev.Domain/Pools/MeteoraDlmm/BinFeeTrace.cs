namespace Mev.Domain.Pools.MeteoraDlmm;

/// <summary>Sums the fees of a walk and the protocol's part of them.</summary>
internal struct BinFeeTrace(ulong protocolShare) : IBinTrace
{
    /// <summary>The whole fee so far.</summary>
    public ulong Fee { get; private set; }

    /// <summary>The protocol's part so far.</summary>
    public ulong ProtocolFee { get; private set; }

    /// <inheritdoc/>
    public void OnFill(int bin, in BinFill fill, ulong fee)
    {
        unchecked
        {
            Fee += fee;
            ProtocolFee += MeteoraDlmmFees.Divide(fee, fill, protocolShare).Protocol;
        }
    }
}
