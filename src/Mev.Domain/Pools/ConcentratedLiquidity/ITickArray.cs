namespace Mev.Domain.Pools.ConcentratedLiquidity;

/// <summary>One tick array decoded: immutable, so pool copies share it.</summary>
internal interface ITickArray
{
    /// <summary>Why the bytes cannot be used.</summary>
    PoolDefect Defect { get; }

    /// <summary>Tick of the first of its places.</summary>
    int Start { get; }

    /// <summary>Its initialised ticks, ascending.</summary>
    InitialisedTick[] Ticks { get; }
}
