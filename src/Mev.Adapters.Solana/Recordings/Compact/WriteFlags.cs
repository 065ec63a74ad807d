namespace Mev.Adapters.Solana.Recordings.Compact;

/// <summary>What an account write of a frame has beside its bytes.</summary>
[Flags]
internal enum WriteFlags : byte
{
    /// <summary>It is a startup value.</summary>
    Startup = 1,

    /// <summary>The signature of its transaction follows.</summary>
    Transaction = 2,

    /// <summary>All that there are.</summary>
    All = Startup | Transaction,
}
