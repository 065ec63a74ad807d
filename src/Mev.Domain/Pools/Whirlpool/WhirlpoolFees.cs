namespace Mev.Domain.Pools.Whirlpool;

/// <summary>How the program shares a fee.</summary>
public static class WhirlpoolFees
{
    /// <summary>Denominator of the protocol's share of a fee.</summary>
    public const ulong ProtocolShareOne = 10_000;

    /// <summary>The protocol's part of a fee: floor(fee * share / 10^4), for a share of at most 10^4.</summary>
    public static ulong ProtocolPart(ulong fee, ulong share)
    {
        unchecked
        {
            var whole = fee / ProtocolShareOne;
            return whole * share + (fee - whole * ProtocolShareOne) * share / ProtocolShareOne;
        }
    }
}
