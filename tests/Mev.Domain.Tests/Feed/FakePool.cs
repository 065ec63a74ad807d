using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Domain.Tests.Feed;

/// <summary>
/// A pool of a pool account (tag 1, two vault keys, a number), two vaults (a number) and any parts (tag 2, pool key, a
/// number). A transaction that is whole leaves the two vaults with the same number: a torn state shows.
/// </summary>
internal sealed class FakePool(PoolId id) : Pool(id, Protocol.RaydiumCpmm)
{
    public const int PoolBytes = 73;
    public const int PartBytes = 41;

    private readonly List<PoolAccount> _accounts = [new PoolAccount(id.Address)];

    public override ReadOnlySpan<PoolAccount> Accounts => CollectionsMarshal.AsSpan(_accounts);

    public ulong Number(Pubkey key)
    {
        var account = Find(key);
        return account is not { Exists: true } ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(account.Data[^8..]);
    }

    public static Pool? TryCreate(in AccountWrite write) =>
        write.Owner == Programs.RaydiumCpmm && write.Data.Length == PoolBytes && write.Data.Span[0] == 1
            ? new FakePool(new PoolId(write.Key)) : null;

    public static bool TryGetPoolOf(in AccountWrite write, out PoolId pool)
    {
        var isPart = write.Owner == Programs.RaydiumCpmm && write.Data.Length == PartBytes && write.Data.Span[0] == 2;
        pool = isPart ? new PoolId(new Pubkey(write.Data.Span[1..])) : default;
        return isPart;
    }

    public override bool Take(in AccountWrite write)
    {
        var account = Find(write.Key);
        if (account is null)
        {
            if (!TryGetPoolOf(write, out var pool) || pool != Id) return false;
            _accounts.Add(account = new PoolAccount(write.Key));
        }
        account.Set(write);
        if (account == _accounts[0] && write.Data.Length == PoolBytes && _accounts.Count == 1)
        {
            _accounts.Add(new PoolAccount(new Pubkey(write.Data.Span[1..])));
            _accounts.Add(new PoolAccount(new Pubkey(write.Data.Span[33..])));
        }
        return true;
    }

    public override ulong MarkOfNames(ReadOnlySpan<byte> data) => data.Length == PoolBytes
        ? BinaryPrimitives.ReadUInt64LittleEndian(data[1..]) + (3 * BinaryPrimitives.ReadUInt64LittleEndian(data[33..]))
        : 0;

    public override void Settle() => Defect = Look();

    public override Quote QuoteExactIn(SwapDirection direction, TokenAmount amountIn, in ChainClock clock) =>
        Quote.Refused(QuoteError.NotQuotable);

    public override Quote QuoteExactOut(SwapDirection direction, TokenAmount amountOut, in ChainClock clock) =>
        Quote.Refused(QuoteError.NotQuotable);

    public override Quote Execute(
        SwapDirection direction, TokenAmount amountIn, in ChainClock clock, ulong writeVersion) =>
        Quote.Refused(QuoteError.NotQuotable);

    public override double MarginalRate(SwapDirection direction) => 0;

    public override int FillCurve(SwapDirection direction, Span<CurveSegment> segments) => 0;

    public override int DependsOn(SwapDirection direction, Span<PoolAccount> accounts) => 0;

    public override void CopyFrom(Pool source)
    {
        foreach (var account in source.Accounts)
        {
            var own = Find(account.Key);
            if (own is null) _accounts.Add(own = new PoolAccount(account.Key));
            own.CopyFrom(account);
        }
        Defect = source.Defect;
    }

    public override Pool NewEmpty() => new FakePool(Id);

    private PoolAccount? Find(Pubkey key)
    {
        foreach (var account in _accounts)
            if (account.Key == key) return account;
        return null;
    }

    private PoolDefect Look()
    {
        if (!_accounts[0].Exists) return PoolDefect.AccountClosed;
        if (_accounts[0].Owner != Programs.RaydiumCpmm) return PoolDefect.WrongOwner;
        if (_accounts[0].Data.Length != PoolBytes) return PoolDefect.WrongLayout;
        return _accounts[1].Exists && _accounts[2].Exists ? PoolDefect.None : PoolDefect.AccountMissing;
    }
}
