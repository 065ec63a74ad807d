using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;

namespace Mev.Adapters.Solana.Bundles.Hops;

/// <summary>
/// One hop of an opportunity with the recorded account bytes that its swap's accounts are read from. The bytes were
/// decoded as a quotable pool before, so their lengths are those of their layouts.
/// </summary>
internal sealed class PoolHop(
    Opportunity opportunity, PoolId pool, SwapDirection direction, Pubkey wallet, TokenAddresses addresses)
{
    public Pubkey Pool => pool.Address;

    public Pubkey Wallet => wallet;

    public TokenAddresses Addresses => addresses;

    public SwapDirection Direction => direction;

    /// <summary>The swap also passes the array behind the price. Default true.</summary>
    public bool PassesArrayBehind { get; init; } = true;

    public bool IsAToB => direction == SwapDirection.AToB;

    /// <summary>The recorded version of an account; null when the opportunity names none.</summary>
    public AccountUse? Find(Pubkey key)
    {
        foreach (ref readonly var use in opportunity.Accounts.Span)
            if (use.Key == key) return use;
        return null;
    }

    /// <summary>The recorded accounts of a program.</summary>
    public IEnumerable<AccountUse> Owned(Pubkey program) =>
        MemoryMarshal.ToEnumerable(opportunity.Accounts).Where(use => use.Owner == program);

    /// <summary>The accounts of a program that have that length and name the pool at an offset.</summary>
    public IEnumerable<AccountUse> Parts(Pubkey program, int poolAt, int length) => Owned(program)
        .Where(use => use.Data.Length == length && new Pubkey(use.Data.Span[poolAt..]) == Pool);

    /// <summary>The token program of a mint: a mint that no quote had to read is of SPL Token.</summary>
    public Pubkey ProgramOf(Pubkey mint) => Find(mint)?.Owner ?? Programs.Token;

    /// <summary>The wallet's token account of a mint.</summary>
    public Pubkey Own(Pubkey mint, Pubkey program) => addresses.Account(wallet, mint, program);

    /// <summary>What belongs to the input first, then what belongs to the output.</summary>
    public (T In, T Out) Ordered<T>(T ofA, T ofB) => IsAToB ? (ofA, ofB) : (ofB, ofA);

    /// <summary>
    /// The arrays ahead, and before them the one behind the price, by its place in the pool, unless it is there.
    /// </summary>
    public ImmutableArray<Pubkey> WithArrayBehind(
        ImmutableArray<Pubkey> ahead, int? place, Func<Pubkey, int, Pubkey> derive)
    {
        if (!PassesArrayBehind || place is not { } at) return ahead;
        var behind = Addresses.Part(Pool, at, derive);
        return ahead.Contains(behind) ? ahead : [behind, .. ahead];
    }

    public static int ReadInt32(ReadOnlyMemory<byte> data, int offset) =>
        BinaryPrimitives.ReadInt32LittleEndian(data.Span[offset..]);
}
