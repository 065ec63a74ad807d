using System.Collections.Immutable;
using Mev.Adapters.Jito.Wire;
using Mev.Domain.Chain;

namespace Mev.Adapters.Jito.Engines;

/// <summary>One region of the block engine, by either of its protocols. Nothing throws but a cancellation.</summary>
internal interface IBlockEngine : IDisposable
{
    /// <summary>Sends signed transactions as a bundle; the engine's id of it, as text.</summary>
    Task<EngineAnswer<string>> SendBundle(
        ImmutableArray<ReadOnlyMemory<byte>> transactions, CancellationToken cancellationToken);

    /// <summary>The tip accounts as the engine knows them.</summary>
    Task<EngineAnswer<ImmutableArray<Pubkey>>> GetTipAccounts(CancellationToken cancellationToken);
}
