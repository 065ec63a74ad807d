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
    private const ushort ImmutableOwner = 7; // the program's number of the extension, which has no value
    private const int ExtensionHeader = 2 * sizeof(ushort);
    private const int FeesAt = TokenLayout.Extensions + ExtensionHeader; // behind it

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

    /// <summary>Fees withheld in it, beside its tokens.</summary>
    public static ulong Withheld(ChainAccount account) => WithheldAt(account.Data.Span) is > 0 and var at
        ? BinaryPrimitives.ReadUInt64LittleEndian(account.Data.Span[at..])
        : 0;

    /// <summary>The account after it has paid.</summary>
    public static ChainAccount Pay(ChainAccount account, TokenTransfer transfer) =>
        With(account, Amount(account) - transfer.Amount);

    /// <summary>The account after it was paid: what it withholds is not among its tokens.</summary>
    public static ChainAccount Receive(ChainAccount account, TokenTransfer transfer)
    {
        var paid = With(account, Amount(account) + transfer.Net);
        if (transfer.Fee == 0) return paid;
        var data = paid.Data.ToArray();
        var withheld = Withheld(account) + transfer.Fee;
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(WithheldAt(data)), withheld);
        return paid with { Data = data };
    }

    /// <summary>A new one of SPL Token.</summary>
    public static ChainAccount New(Pubkey key, Pubkey mint, Pubkey owner, ulong amount) =>
        New(key, new ChainMint(mint, Programs.Token, Fees: null), owner, amount);

    /// <summary>
    /// A new one. An associated account of Token-2022 has an owner that stays, and room for withheld fees where its
    /// mint takes any.
    /// </summary>
    public static ChainAccount New(Pubkey key, ChainMint mint, Pubkey owner, ulong amount)
    {
        var data = new byte[LengthOf(mint)];
        var rent = (ulong)Rent.Mainnet.Minimum(data.Length).Value;
        mint.Key.CopyTo(data.AsSpan(TokenLayout.AccountMint));
        owner.CopyTo(data.AsSpan(TokenLayout.AccountOwner));
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(TokenLayout.AccountAmount), amount);
        data[TokenLayout.AccountState] = TokenLayout.Initialised;
        if (mint.Program == Programs.Token2022) Extend(data, mint);
        var isNative = mint.Key == Mints.Wsol;
        if (isNative)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(NativeOption), 1);
            BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(NativeReserve), rent);
        }
        return new ChainAccount(key, mint.Program, isNative ? rent + amount : rent, data);
    }

    private static int LengthOf(ChainMint mint)
    {
        if (mint.Program == Programs.Token) return TokenLayout.AccountLength;
        return mint.Fees is null ? FeesAt : FeesAt + ExtensionHeader + sizeof(ulong);
    }

    private static void Extend(Span<byte> data, ChainMint mint)
    {
        data[TokenLayout.ExtendedType] = TokenLayout.ExtendedAccount;
        BinaryPrimitives.WriteUInt16LittleEndian(data[TokenLayout.Extensions..], ImmutableOwner);
        if (mint.Fees is null) return;
        BinaryPrimitives.WriteUInt16LittleEndian(data[FeesAt..], (ushort)TokenExtensionType.TransferFeeAmount);
        BinaryPrimitives.WriteUInt16LittleEndian(data[(FeesAt + sizeof(ushort))..], sizeof(ulong));
    }

    private static int WithheldAt(ReadOnlySpan<byte> data)
    {
        if (data.Length <= TokenLayout.Extensions) return 0;
        var extensions = new TokenExtensions(data);
        while (extensions.MoveNext())
            if (extensions.Type == TokenExtensionType.TransferFeeAmount) return extensions.Offset;
        return 0;
    }

    private static bool IsOne(Pubkey owner, ReadOnlySpan<byte> data) =>
        (owner == Programs.Token ? data.Length == TokenLayout.AccountLength : IsOneOf2022(owner, data))
        && data[TokenLayout.AccountState] == TokenLayout.Initialised;

    private static bool IsOneOf2022(Pubkey owner, ReadOnlySpan<byte> data) =>
        owner == Programs.Token2022 && (data.Length == TokenLayout.AccountLength
            || (data.Length > TokenLayout.ExtendedType
                && data[TokenLayout.ExtendedType] == TokenLayout.ExtendedAccount));
}
