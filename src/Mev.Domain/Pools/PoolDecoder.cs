using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Pools.MeteoraDammV2;
using Mev.Domain.Pools.MeteoraDlmm;
using Mev.Domain.Pools.OrcaTokenSwap;
using Mev.Domain.Pools.PumpSwap;
using Mev.Domain.Pools.RaydiumAmmV4;
using Mev.Domain.Pools.RaydiumClmm;
using Mev.Domain.Pools.RaydiumCpmm;
using Mev.Domain.Pools.Whirlpool;

namespace Mev.Domain.Pools;

/// <summary>
/// Tells from owner program, discriminator and length what an account write is. One line per protocol; whatever is not
/// listed is no pool. Never throws on hostile bytes.
/// </summary>
public static class PoolDecoder
{
    /// <summary>The programs whose pools are known: owners of every account that is a pool here.</summary>
    public static ImmutableArray<Pubkey> Owners { get; } =
    [
        Programs.Whirlpool, Programs.RaydiumAmmV4, Programs.RaydiumCpmm, Programs.RaydiumClmm, Programs.MeteoraDlmm,
        Programs.MeteoraDammV2, Programs.OrcaTokenSwap, Programs.PumpSwap,
    ];

    /// <summary>
    /// A pool without bytes for a write of a pool account, to which the write has yet to be applied; null when the
    /// write is of anything else.
    /// </summary>
    public static Pool? TryCreate(in AccountWrite write) => ProtocolOf(write) switch
    {
        Protocol.Whirlpool => new WhirlpoolPool(new PoolId(write.Key)),
        Protocol.RaydiumAmmV4 => new RaydiumAmmV4Pool(new PoolId(write.Key)),
        Protocol.RaydiumCpmm => new RaydiumCpmmPool(new PoolId(write.Key)),
        Protocol.RaydiumClmm => new RaydiumClmmPool(new PoolId(write.Key)),
        Protocol.MeteoraDammV2 => new MeteoraDammV2Pool(new PoolId(write.Key)),
        Protocol.OrcaTokenSwap => new OrcaTokenSwapPool(new PoolId(write.Key)),
        Protocol.PumpSwap => new PumpSwapPool(new PoolId(write.Key)),
        Protocol.MeteoraDlmm => new MeteoraDlmmPool(new PoolId(write.Key)),
        _ => null,
    };

    /// <summary>
    /// The pool that an account names itself, where no pool account names it: that of a tick array, a bin array or a
    /// bitmap extension. False for every other write.
    /// </summary>
    public static bool TryGetPoolOf(in AccountWrite write, out PoolId pool)
    {
        var key = default(Pubkey);
        var isPart = write.Owner == Programs.Whirlpool && WhirlpoolLayout.TryPoolOfArray(write.Data.Span, out key);
        isPart |= write.Owner == Programs.RaydiumClmm && RaydiumClmmLayout.TryPoolOfPart(write.Data.Span, out key);
        isPart |= write.Owner == Programs.MeteoraDlmm && MeteoraDlmmLayout.TryPairOf(write.Data.Span, out key);
        pool = new PoolId(key);
        return isPart;
    }

    /// <summary>The protocol of a write of a pool account; <see cref="Protocol.Unknown"/> for anything else.</summary>
    public static Protocol ProtocolOf(in AccountWrite write)
    {
        var data = write.Data.Span;
        if (write.Owner == Programs.Whirlpool)
            return WhirlpoolLayout.IsPool(data) ? Protocol.Whirlpool : Protocol.Unknown;
        if (write.Owner == Programs.RaydiumAmmV4)
            return data.Length == RaydiumAmmV4Layout.Length ? Protocol.RaydiumAmmV4 : Protocol.Unknown;
        if (write.Owner == Programs.RaydiumClmm)
            return RaydiumClmmLayout.IsPool(data) ? Protocol.RaydiumClmm : Protocol.Unknown;
        if (write.Owner == Programs.MeteoraDammV2)
            return MeteoraDammV2Pool.IsPool(data) ? Protocol.MeteoraDammV2 : Protocol.Unknown;
        if (write.Owner == Programs.OrcaTokenSwap)
            return OrcaTokenSwapPool.IsPool(data) ? Protocol.OrcaTokenSwap : Protocol.Unknown;
        if (write.Owner == Programs.PumpSwap)
            return PumpSwapLayout.IsPool(data) ? Protocol.PumpSwap : Protocol.Unknown;
        if (write.Owner == Programs.MeteoraDlmm)
            return MeteoraDlmmLayout.IsPair(data) ? Protocol.MeteoraDlmm : Protocol.Unknown;
        var isCpmm = write.Owner == Programs.RaydiumCpmm && data.Length == RaydiumCpmmLayout.PoolLength
            && data.StartsWith(RaydiumCpmmLayout.PoolDiscriminator);
        return isCpmm ? Protocol.RaydiumCpmm : Protocol.Unknown;
    }
}
