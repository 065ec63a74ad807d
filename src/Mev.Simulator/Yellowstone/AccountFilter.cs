using Google.Protobuf;
using Grpc.Core;
using Mev.Adapters.Solana.Yellowstone.Wire;
using Mev.Domain.Chain;
using Mev.Domain.Pools.Tokens;
using Mev.Simulator.Chain;
using Condition = Mev.Adapters.Solana.Yellowstone.Wire.SubscribeRequestFilterAccountsFilter;
using Lamports = Mev.Adapters.Solana.Yellowstone.Wire.SubscribeRequestFilterAccountsFilterLamports;

namespace Mev.Simulator.Yellowstone;

/// <summary>
/// One entry of the accounts that are asked for: its fields combine with AND, the values of a list with OR, the entries
/// of its filters with AND; an empty one takes every account.
/// </summary>
internal sealed class AccountFilter
{
    private readonly HashSet<Pubkey> _keys;
    private readonly HashSet<Pubkey> _owners;
    private readonly Func<ChainAccount, bool>[] _conditions;
    private readonly bool? _isSigned;

    /// <summary>Reads an entry.</summary>
    /// <exception cref="RpcException">It is none.</exception>
    public AccountFilter(SubscribeRequestFilterAccounts asked)
    {
        _keys = [.. asked.Account.Select(Address.Read)];
        _owners = [.. asked.Owner.Select(Address.Read)];
        _conditions = [.. asked.Filters.Select(Read)];
        _isSigned = asked.HasNonemptyTxnSignature ? asked.NonemptyTxnSignature : null;
    }

    /// <summary>It takes this value.</summary>
    public bool Takes(ChainAccount account) =>
        (_keys.Count == 0 || _keys.Contains(account.Key))
        && (_owners.Count == 0 || _owners.Contains(account.Owner))
        && (_isSigned is not { } isSigned || isSigned != account.Transaction.IsNone)
        && Array.TrueForAll(_conditions, condition => condition(account));

    private static Func<ChainAccount, bool> Read(Condition condition) => condition.FilterCase switch
    {
        Condition.FilterOneofCase.Memcmp => Read(condition.Memcmp),
        Condition.FilterOneofCase.Datasize => account => (ulong)account.Data.Length == condition.Datasize,
        Condition.FilterOneofCase.TokenAccountState =>
            account => IsTokenAccount(account) == condition.TokenAccountState,
        Condition.FilterOneofCase.Lamports => Read(condition.Lamports),
        _ => throw Address.Bad("a filter without a condition"),
    };

    private static Func<ChainAccount, bool> Read(SubscribeRequestFilterAccountsFilterMemcmp memcmp)
    {
        var wanted = memcmp.DataCase switch
        {
            SubscribeRequestFilterAccountsFilterMemcmp.DataOneofCase.Bytes => memcmp.Bytes.ToByteArray(),
            SubscribeRequestFilterAccountsFilterMemcmp.DataOneofCase.Base58 => FromBase58(memcmp.Base58),
            SubscribeRequestFilterAccountsFilterMemcmp.DataOneofCase.Base64 => FromBase64(memcmp.Base64),
            _ => throw Address.Bad("memcmp without bytes"),
        };
        if (memcmp.Offset > int.MaxValue) throw Address.Bad("memcmp beyond every account");
        var offset = (int)memcmp.Offset;
        return account => account.Data.Length >= offset && account.Data.Span[offset..].StartsWith(wanted);
    }

    private static Func<ChainAccount, bool> Read(Lamports lamports) => lamports.CmpCase switch
    {
        Lamports.CmpOneofCase.Eq => account => account.Lamports == lamports.Eq,
        Lamports.CmpOneofCase.Ne => account => account.Lamports != lamports.Ne,
        Lamports.CmpOneofCase.Lt => account => account.Lamports < lamports.Lt,
        Lamports.CmpOneofCase.Gt => account => account.Lamports > lamports.Gt,
        _ => throw Address.Bad("a comparison without a value"),
    };

    private static bool IsTokenAccount(ChainAccount account) =>
        (account.Owner == Programs.Token || account.Owner == Programs.Token2022)
        && account.Data.Length >= TokenLayout.AccountLength;

    private static byte[] FromBase58(string text)
    {
        Span<byte> bytes = stackalloc byte[Base58.DigitsMax];
        return Base58.TryDecode(text, bytes, out var written)
            ? bytes[..written].ToArray()
            : throw Address.Bad("memcmp of bytes that are not base58");
    }

    private static byte[] FromBase64(string text)
    {
        try
        {
            return ByteString.FromBase64(text).ToByteArray();
        }
        catch (FormatException)
        {
            throw Address.Bad("memcmp of bytes that are not base64");
        }
    }
}
