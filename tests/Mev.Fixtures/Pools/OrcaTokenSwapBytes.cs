using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.OrcaTokenSwap;
using static Mev.Fixtures.Pools.TokenBytes;

namespace Mev.Fixtures.Pools;

/// <summary>The accounts of an Orca token-swap pool as writes.</summary>
public sealed record OrcaTokenSwapBytes
{
    public static Pubkey PoolKey { get; } = Key("token-swap pool");

    public static Pubkey VaultA { get; } = Key("token-swap vault a");

    public static Pubkey VaultB { get; } = Key("token-swap vault b");

    public static Pubkey MintA { get; } = Key("token-swap mint a");

    public static Pubkey MintB { get; } = Key("token-swap mint b");

    public Pubkey Address { get; init; } = PoolKey;

    public (Pubkey A, Pubkey B) Tokens { get; init; } = (MintA, MintB);

    public byte Curve { get; init; } = OrcaTokenSwapLayout.ConstantProduct;

    public ulong Amplification { get; init; }

    public ulong AmountA { get; init; } = 1_000_000_000_000;

    public ulong AmountB { get; init; } = 150_000_000_000;

    public (ulong Numerator, ulong Denominator) TradeFee { get; init; } = (25, 10_000);

    public (ulong Numerator, ulong Denominator) OwnerFee { get; init; } = (5, 10_000);

    public byte IsInitialised { get; init; } = 1;

    public Pubkey TokenProgram { get; init; } = Programs.Token;

    /// <summary>The writes of pool, vault A and vault B.</summary>
    public AccountWrite[] Writes()
    {
        var data = new byte[OrcaTokenSwapLayout.Length];
        data[OrcaTokenSwapLayout.Version] = OrcaTokenSwapLayout.OnlyVersion;
        data[OrcaTokenSwapLayout.IsInitialised] = IsInitialised;
        (Pubkey Key, int Offset)[] keys =
        [
            (TokenProgram, OrcaTokenSwapLayout.TokenProgram), (VaultA, OrcaTokenSwapLayout.VaultA),
            (VaultB, OrcaTokenSwapLayout.VaultB), (Tokens.A, OrcaTokenSwapLayout.MintA),
            (Tokens.B, OrcaTokenSwapLayout.MintB),
        ];
        foreach (var (key, offset) in keys) key.CopyTo(data.AsSpan(offset));
        Set(data, OrcaTokenSwapLayout.TradeFee, TradeFee.Numerator);
        Set(data, OrcaTokenSwapLayout.TradeFee + 8, TradeFee.Denominator);
        Set(data, OrcaTokenSwapLayout.OwnerFee, OwnerFee.Numerator);
        Set(data, OrcaTokenSwapLayout.OwnerFee + 8, OwnerFee.Denominator);
        data[OrcaTokenSwapLayout.Curve] = Curve;
        Set(data, OrcaTokenSwapLayout.Amplification, Amplification);
        return
        [
            Write(Address, Programs.OrcaTokenSwap, data),
            Write(VaultA, Programs.Token, Vault(Tokens.A, AmountA)),
            Write(VaultB, Programs.Token, Vault(Tokens.B, AmountB)),
        ];
    }

    /// <summary>A pool that has seen the writes.</summary>
    public OrcaTokenSwapPool Pool()
    {
        var pool = new OrcaTokenSwapPool(new PoolId(Address));
        foreach (var write in Writes()) pool.Apply(write);
        return pool;
    }

    /// <summary>A stable pool with the fee that such pools have.</summary>
    public static OrcaTokenSwapBytes Stable(ulong amountA, ulong amountB, ulong amplification) => new()
    {
        Curve = OrcaTokenSwapLayout.Stable,
        Amplification = amplification,
        AmountA = amountA,
        AmountB = amountB,
        TradeFee = (30, 10_000),
        OwnerFee = (0, 10_000),
    };
}
