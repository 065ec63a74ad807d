using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>
/// Accounts that name their pool and that no pool account names: how a filter of the stream or of the node finds those
/// of one pool. One line for each form of such an account (layouts: specs of the programs).
/// </summary>
/// <param name="Protocol">Whose they are.</param>
/// <param name="Program">Their owner.</param>
/// <param name="Length">Their length; null where it varies.</param>
/// <param name="Offset">Where the pool's address stands.</param>
internal sealed record PoolPart(Protocol Protocol, Pubkey Program, int? Length, int Offset)
{
    /// <summary>All forms that are known.</summary>
    public static ImmutableArray<PoolPart> All { get; } =
    [
        new(Protocol.Whirlpool, Programs.Whirlpool, 9_988, 9_956), // fixed tick array
        new(Protocol.Whirlpool, Programs.Whirlpool, null, 12), // dynamic tick array
        new(Protocol.RaydiumClmm, Programs.RaydiumClmm, 10_240, 8), // tick array
        new(Protocol.RaydiumClmm, Programs.RaydiumClmm, 1_832, 8), // bitmap extension
        new(Protocol.MeteoraDlmm, Programs.MeteoraDlmm, 10_136, 24), // bin array
        new(Protocol.MeteoraDlmm, Programs.MeteoraDlmm, 1_576, 8), // bitmap extension
    ];
}
