namespace Mev.Domain.Feed;

/// <summary>
/// The bounds of a <see cref="PoolAssembler"/>. What happens at each is counted in <see cref="AssemblerCounts"/> and
/// never lets a pool be quoted from a state that is not its own.
/// </summary>
public sealed record AssemblerLimits
{
    /// <summary>Slot times without a slot status after which every pool is stale. Default 2.</summary>
    public int StaleSlots { get; init; } = 2;

    /// <summary>
    /// Slots that the newest one held may be behind the chain's head; beyond, every pool is stale. Default 8, the turns
    /// of two leaders, since the slots of one who is away are skipped.
    /// </summary>
    public int BehindSlotsMax { get; init; } = 8;

    /// <summary>Length of a slot in nanoseconds. Default 400 ms, the chain's own target.</summary>
    public long SlotNs { get; init; } = 400_000_000;

    /// <summary>Pools held at most. Beyond, a new pool is not taken up. Default 131,072.</summary>
    public int PoolsMax { get; init; } = 131_072;

    /// <summary>
    /// Accounts routed to one pool at most. Beyond, the account is not joined and the pool is incomplete. Default
    /// 16,384: a Raydium CLMM pool of tick spacing 1 has 14,789 possible tick arrays.
    /// </summary>
    public int AccountsPerPoolMax { get; init; } = 16_384;

    /// <summary>
    /// Accounts kept at most that no pool names so far. Beyond, the oldest is forgotten; when its bytes named a pool,
    /// that pool is incomplete from its creation on. Default 65,536.
    /// </summary>
    public int OrphansMax { get; init; } = 65_536;

    /// <summary>Their bytes (as they arrived) at most; beyond as <see cref="OrphansMax"/>. Default 128 MiB.</summary>
    public long OrphanBytesMax { get; init; } = 128L << 20;

    /// <summary>
    /// Pools remembered at most that lost a part before they appeared. Beyond, every pool that appears before the next
    /// complete snapshot is incomplete. Default 4,096.
    /// </summary>
    public int LostPoolsMax { get; init; } = 4_096;

    /// <summary>
    /// Versions kept of one account at most. Beyond, the oldest is forgotten; a roll back that would need it makes the
    /// pools of the account gapped. Default 64: twice the usual distance of the finalized slot.
    /// </summary>
    public int VersionsMax { get; init; } = 64;

    /// <summary>Slots held above the finalized one. Beyond, the oldest counts as finalized. Default 512.</summary>
    public int SlotsMax { get; init; } = 512;

    /// <summary>Dead slots remembered at most; beyond, the longest known is forgotten. Default 4,096.</summary>
    public int DeadSlotsMax { get; init; } = 4_096;

    /// <summary>
    /// Longest account taken in bytes. A longer one is taken as an existing account without bytes, which no decoder
    /// accepts, so its pools are not quoted. Default 16 KiB: the longest account of a known pool has 10,240.
    /// </summary>
    public int AccountBytesMax { get; init; } = 16 << 10;

    /// <summary>
    /// Different accounts written by one transaction at most. Beyond, the transaction is taken as ended. Default 256:
    /// the chain lets a transaction lock 128.
    /// </summary>
    public int TransactionAccountsMax { get; init; } = 256;
}
