using System.Buffers.Binary;
using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Adapters.Tests.Paper;

/// <summary>
/// A constant product over one account of its own and two vaults, with bytes so short that a test can write them by
/// hand: mint A, mint B, vault A, vault B, fee in basis points (u64); a vault is a u64.
/// </summary>
internal sealed class TestPool(PoolId id) : Pool(id, Protocol.Unknown)
{
    public const int PoolLength = 136;
    public static readonly Pubkey Program = Key(0xEE);

    private PoolAccount[] _accounts = [new(id.Address)];

    public override ReadOnlySpan<PoolAccount> Accounts => _accounts;

    private ulong FeeBasisPoints => Word(_accounts[0].Data[128..]);

    public static Pubkey Key(byte number) => new([.. Enumerable.Repeat(number, 31), 1]);

    public static Pool? Create(in AccountWrite write) =>
        write.Owner == Program && write.Data.Length == PoolLength ? new TestPool(new PoolId(write.Key)) : null;

    public static bool NoPoolOf(in AccountWrite write, out PoolId pool)
    {
        pool = new PoolId(write.Key);
        return false;
    }

    public ulong Reserve(int side) => Word(_accounts[1 + side].Data);

    public override bool Take(in AccountWrite write)
    {
        var known = false;
        foreach (var account in _accounts)
        {
            if (account.Key != write.Key) continue;
            account.Set(write);
            known = true;
        }
        if (write.Key == Id.Address && write.Data.Length == PoolLength && _accounts.Length == 1)
        {
            var data = write.Data.Span;
            (MintA, MintB) = (new Pubkey(data), new Pubkey(data[32..]));
            _accounts = [_accounts[0], new(new Pubkey(data[64..])), new(new Pubkey(data[96..]))];
        }
        return known;
    }

    public override ulong MarkOfNames(ReadOnlySpan<byte> data) => data.Length == PoolLength
        ? Word(data[64..]) + (3 * Word(data[96..]))
        : 0;

    public override void Settle() => Defect = _accounts.Length == 3 && _accounts.All(account => account.Exists)
        ? PoolDefect.None
        : PoolDefect.AccountMissing;

    public override Quote QuoteExactIn(SwapDirection direction, TokenAmount amountIn, in ChainClock clock)
    {
        if (Defect != PoolDefect.None) return Quote.Refused(QuoteError.NotQuotable);
        if (amountIn.Units == 0) return Quote.Refused(QuoteError.ZeroAmount);
        var (into, outOf) = (Reserve((int)direction), Reserve(1 - (int)direction));
        var net = (UInt128)amountIn.Units * (10_000 - FeeBasisPoints) / 10_000;
        var output = (ulong)(net * outOf / (into + net));
        return output == 0 ? Quote.Refused(QuoteError.ZeroResult) : Quote.Of(amountIn.Units, output);
    }

    public override Quote QuoteExactOut(SwapDirection direction, TokenAmount amountOut, in ChainClock clock) =>
        Quote.Refused(QuoteError.NotQuotable);

    public override Quote Execute(
        SwapDirection direction, TokenAmount amountIn, in ChainClock clock, ulong writeVersion)
    {
        var quote = QuoteExactIn(direction, amountIn, clock);
        if (!quote.IsOk) return quote;
        var (into, outOf) = (_accounts[1 + (int)direction], _accounts[2 - (int)direction]);
        BinaryPrimitives.WriteUInt64LittleEndian(into.Edit(), Word(into.Data) + quote.AmountIn.Units);
        BinaryPrimitives.WriteUInt64LittleEndian(outOf.Edit(), Word(outOf.Data) - quote.AmountOut.Units);
        _accounts[1].Stamp(clock.Slot, writeVersion);
        _accounts[2].Stamp(clock.Slot, writeVersion + 1);
        return quote;
    }

    public override double MarginalRate(SwapDirection direction) => Defect != PoolDefect.None
        ? 0
        : (double)Reserve(1 - (int)direction) / Reserve((int)direction) * (1 - FeeBasisPoints / 10_000.0);

    public override int FillCurve(SwapDirection direction, Span<CurveSegment> segments) => 0;

    public override int DependsOn(SwapDirection direction, Span<PoolAccount> accounts)
    {
        _accounts.CopyTo(accounts);
        return _accounts.Length;
    }

    public override void CopyFrom(Pool source)
    {
        var other = (TestPool)source;
        if (_accounts.Length != other._accounts.Length)
            _accounts = [.. other._accounts.Select(account => new PoolAccount(account.Key))];
        for (var i = 0; i < _accounts.Length; i++) _accounts[i].CopyFrom(other._accounts[i]);
        (MintA, MintB, Defect) = (other.MintA, other.MintB, other.Defect);
    }

    public override Pool NewEmpty() => new TestPool(Id);

    private static ulong Word(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt64LittleEndian(data);
}
