using System.Buffers.Binary;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Pools.Tokens;
using Mev.Simulator.Chain;

namespace Mev.Simulator.Execution;

/// <summary>The fields of token accounts. One of wrapped SOL holds its tokens as lamports too.</summary>
internal static class TokenAccount
{
    private const int NativeOption = 109;
    private const int NativeReserve = 113;

    /// <summary>The account is a token account that can pay and be paid.</summary>
    public static bool IsOne(ChainAccount account) => IsOne(account.Owner, account.Data.Span);

    /// <summary>Its mint.</summary>
    public static Pubkey Mint(ChainAccount account) => new(account.Data.Span[TokenLayout.AccountMint..]);

    /// <summary>Who may move its tokens.</summary>
    public static Pubkey Owner(ChainAccount account) => new(account.Data.Span[TokenLayout.AccountOwner..]);

    /// <summary>Its tokens.</summary>
    public static ulong Amount(ChainAccount account) =>
        BinaryPrimitives.ReadUInt64LittleEndian(account.Data.Span[TokenLayout.AccountAmount..]);

    /// <summary>It is of wrapped SOL.</summary>
    public static bool IsNative(ChainAccount account) => IsNative(account.Owner, account.Data.Span);

    /// <summary>Bytes of an owner are such an account.</summary>
    public static bool IsNative(Pubkey owner, ReadOnlySpan<byte> data) =>
        IsOne(owner, data) && BinaryPrimitives.ReadUInt32LittleEndian(data[NativeOption..]) == 1;

    /// <summary>The account with other tokens.</summary>
    public static ChainAccount With(ChainAccount account, ulong amount)
    {
        var data = account.Data.ToArray();
        var before = Amount(account);
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(TokenLayout.AccountAmount), amount);
        var lamports = IsNative(account) ? account.Lamports - before + amount : account.Lamports;
        return account with { Data = data, Lamports = lamports };
    }

    /// <summary>A new one of SPL Token.</summary>
    public static ChainAccount New(Pubkey key, Pubkey mint, Pubkey owner, ulong amount)
    {
        var data = new byte[TokenLayout.AccountLength];
        var rent = (ulong)Rent.Mainnet.Minimum(data.Length).Value;
        mint.CopyTo(data.AsSpan(TokenLayout.AccountMint));
        owner.CopyTo(data.AsSpan(TokenLayout.AccountOwner));
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(TokenLayout.AccountAmount), amount);
        data[TokenLayout.AccountState] = TokenLayout.Initialised;
        var isNative = mint == Mints.Wsol;
        if (isNative)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(NativeOption), 1);
            BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(NativeReserve), rent);
        }
        return new ChainAccount(key, Programs.Token, isNative ? rent + amount : rent, data);
    }

    private static bool IsOne(Pubkey owner, ReadOnlySpan<byte> data) =>
        (owner == Programs.Token || owner == Programs.Token2022) && data.Length >= TokenLayout.AccountLength
        && data[TokenLayout.AccountState] == TokenLayout.Initialised;
}
