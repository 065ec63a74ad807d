using Mev.Domain.Chain;

namespace Mev.Domain.Pools;

/// <summary>
/// One AMM pool: the bytes of its accounts, the fields decoded from them, and what a swap does at that state. The same
/// class serves the assembler (applies writes), a shard (its own copy, quotes), the paper chain and the generator
/// (execute swaps) and replay (built from stored bytes). Not thread-safe: each has its own and hands copies on.
/// Quoting and copying allocate nothing once warm.
/// </summary>
public abstract class Pool(PoolId id, Protocol protocol)
{
    /// <summary>Address of the pool account.</summary>
    public PoolId Id { get; } = id;

    /// <summary>The program that it belongs to.</summary>
    public Protocol Protocol { get; } = protocol;

    /// <summary>Mint A (coin, token 0); zero until the pool account was decoded.</summary>
    public Pubkey MintA { get; protected set; }

    /// <summary>Mint B (pc, token 1); zero until the pool account was decoded.</summary>
    public Pubkey MintB { get; protected set; }

    /// <summary>Why the bytes at hand cannot be quoted; <see cref="PoolDefect.None"/> when they can.</summary>
    public PoolDefect Defect { get; protected set; } = PoolDefect.AccountMissing;

    /// <summary>When it opened for trading, unix seconds; 0 where its bytes do not tell.</summary>
    public virtual long OpenedUnixTime => 0;

    /// <summary>
    /// The accounts whose bytes the pool is made of so far, the pool account first. Grows when the pool account names
    /// further ones (vaults, config, mints) or when a tick array of it appears.
    /// </summary>
    public abstract ReadOnlySpan<PoolAccount> Accounts { get; }

    /// <summary>Highest slot among the accounts.</summary>
    public Slot Slot
    {
        get
        {
            var highest = default(Slot);
            foreach (var account in Accounts)
                if (account.Slot > highest) highest = account.Slot;
            return highest;
        }
    }

    /// <summary>Mint that goes in for a direction.</summary>
    public Pubkey MintIn(SwapDirection direction) => direction == SwapDirection.AToB ? MintA : MintB;

    /// <summary>Mint that comes out for a direction.</summary>
    public Pubkey MintOut(SwapDirection direction) => direction == SwapDirection.AToB ? MintB : MintA;

    /// <summary>
    /// Takes over one account's bytes and decodes what they change; <see cref="Defect"/> says how it went. Never
    /// throws on hostile bytes. A write for an account that is not of this pool is ignored and answered with false.
    /// Writes are taken in the order given: ordering is the assembler's business.
    /// </summary>
    public bool Apply(in AccountWrite write)
    {
        var isOwn = Take(write);
        Settle();
        return isOwn;
    }

    /// <summary>
    /// As <see cref="Apply"/>, of several writes that belong together: nothing but <see cref="Accounts"/> may be asked
    /// of the pool before <see cref="Settle"/> has decoded them. A write of the pool account names others at once.
    /// </summary>
    public abstract bool Take(in AccountWrite write);

    /// <summary>
    /// A number of a pool account's bytes that changes when they come to name other accounts; 0 where they name none.
    /// </summary>
    public abstract ulong MarkOfNames(ReadOnlySpan<byte> data);

    /// <summary>Decodes what was taken since the last time.</summary>
    public abstract void Settle();

    /// <summary>The account has this version already; <paramref name="place"/> is where it probably stands.</summary>
    public bool Holds(int place, Pubkey key, (Slot Slot, ulong WriteVersion, bool Exists) version)
    {
        var accounts = Accounts;
        if (place >= accounts.Length || accounts[place].Key != key)
        {
            for (place = 0; place < accounts.Length && accounts[place].Key != key;) place++;
            if (place == accounts.Length) return false;
        }
        var account = accounts[place];
        return version.Exists && account.Exists
            && account.Slot == version.Slot && account.WriteVersion == version.WriteVersion;
    }

    /// <summary>The exact result of swapping <paramref name="amountIn"/>. No allocation.</summary>
    public abstract Quote QuoteExactIn(SwapDirection direction, TokenAmount amountIn, in ChainClock clock);

    /// <summary>The exact result of asking for <paramref name="amountOut"/>. No allocation.</summary>
    public abstract Quote QuoteExactOut(SwapDirection direction, TokenAmount amountOut, in ChainClock clock);

    /// <summary>
    /// Executes an exact-in swap on this pool's own bytes as the program would: the quote-relevant fields, amounts
    /// owed and accumulators change, and every changed account is stamped with the clock's slot and the write versions
    /// from <paramref name="writeVersion"/> on. Returns the quote; on an error nothing changes.
    /// </summary>
    public abstract Quote Execute(
        SwapDirection direction, TokenAmount amountIn, in ChainClock clock, ulong writeVersion);

    /// <summary>
    /// Output units per input unit at the margin after every fee, never below what any exact quote of this direction
    /// yields per unit by more than half a smallest unit: the cheap filter relies on it. 0 when not quotable. Floating
    /// point: it only ever discards.
    /// </summary>
    public abstract double MarginalRate(SwapDirection direction);

    /// <summary>
    /// Writes the pieces of the exact-in curve in walking order and returns how many; stops at the end of
    /// <paramref name="segments"/>. The last piece ends where the pool can give no more.
    /// </summary>
    public abstract int FillCurve(SwapDirection direction, Span<CurveSegment> segments);

    /// <summary>
    /// The same at a clock, for a pool whose fee depends on the time. Without a clock such a pool's curve is the best
    /// that any clock brings.
    /// </summary>
    public virtual int FillCurve(SwapDirection direction, in ChainClock clock, Span<CurveSegment> segments) =>
        FillCurve(direction, segments);

    /// <summary>
    /// Writes the existing accounts that a swap in this direction passes and on which its quote depends (the accounts
    /// that an opportunity id names) and returns how many.
    /// </summary>
    public abstract int DependsOn(SwapDirection direction, Span<PoolAccount> accounts);

    /// <summary>
    /// Writes the existing accounts that decide only whether the pool can be quoted (mints without a fee) and returns
    /// how many; room for two is enough. An opportunity id does not name them; a record does, so that it replays.
    /// </summary>
    public virtual int AlsoReads(Span<PoolAccount> accounts) => 0;

    /// <summary>Becomes equal to <paramref name="source"/>, which is of the same pool and class.</summary>
    public abstract void CopyFrom(Pool source);

    /// <summary>A pool of the same identity without bytes, as a target of <see cref="CopyFrom"/>.</summary>
    public abstract Pool NewEmpty();
}
