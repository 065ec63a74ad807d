using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.MeteoraDlmm;
using Mev.Domain.Pools.Tokens;
using Mev.Fixtures.Pools;
using static Mev.Fixtures.Pools.MeteoraDlmmBytes;

namespace Mev.Domain.Tests.Pools.MeteoraDlmm;

public sealed class MeteoraDlmmDecodingTests
{
    private static readonly TokenAmount Thousand = new(1_000);
    private static readonly MeteoraDlmmBytes Plain = new()
    {
        Bins = [new(-1, Y: 50_000), new(0, 40_000, 40_000), new(1, 50_000), new(75, 9_000)],
    };

    public static TheoryData<PoolDefect, string> Defects => new()
    {
        { PoolDefect.WrongOwner, "owner" },
        { PoolDefect.WrongLayout, "discriminator" },
        { PoolDefect.WrongLayout, "cut" },
        { PoolDefect.AccountClosed, "closed" },
        { PoolDefect.ImpossibleValue, "step" },
        { PoolDefect.ImpossibleValue, "power" },
        { PoolDefect.ImpossibleValue, "active bin" },
        { PoolDefect.ImpossibleValue, "lowest bin" },
        { PoolDefect.ImpossibleValue, "index reference" },
        { PoolDefect.ImpossibleValue, "reduction" },
        { PoolDefect.ImpossibleValue, "protocol share" },
        { PoolDefect.ImpossibleValue, "last update" },
        { PoolDefect.ImpossibleValue, "activation" },
        { PoolDefect.ImpossibleValue, "program" },
        { PoolDefect.ImpossibleValue, "mint" },
        { PoolDefect.UnprovenRule, "permissioned" },
        { PoolDefect.UnprovenRule, "pair type" },
        { PoolDefect.UnprovenRule, "function" },
        { PoolDefect.UnprovenRule, "fee mode" },
    };

    [Theory]
    [MemberData(nameof(Defects))]
    public void Hostile_pair_bytes_are_named_and_right_ones_heal_them(PoolDefect defect, string what)
    {
        var pool = Plain.Pool();
        Assert.Equal(PoolDefect.None, pool.Defect);
        pool.Apply(Hostile(what));
        Assert.Equal(defect, pool.Defect);
        Assert.Equal(QuoteError.NotQuotable, pool.QuoteExactIn(SwapDirection.AToB, Thousand, PoolChecks.Clock).Error);
        Assert.Equal(QuoteError.NotQuotable, pool.QuoteExactOut(SwapDirection.BToA, Thousand, PoolChecks.Clock).Error);
        var swap = pool.Swap(SwapDirection.AToB, Thousand, isExactIn: true, PoolChecks.Clock, [ArrayKey(0)]);
        Assert.Equal(QuoteError.NotQuotable, swap.Error);
        Assert.Equal(QuoteError.NotQuotable, pool.Execute(SwapDirection.AToB, Thousand, PoolChecks.Clock, 3).Error);
        Assert.Equal(0, pool.MarginalRate(SwapDirection.AToB));
        Assert.Equal(0, pool.FillCurve(SwapDirection.AToB, PoolChecks.Clock, new CurveSegment[9]));
        Assert.Equal(0, pool.DependsOn(SwapDirection.AToB, new PoolAccount[8]));
        pool.Apply(Pair(Plain));
        Assert.Equal(PoolDefect.None, pool.Defect);
        Assert.True(pool.QuoteExactIn(SwapDirection.AToB, Thousand, PoolChecks.Clock).IsOk);
    }

    [Fact]
    public void Arrays_are_taken_in_any_order_and_others_are_left_alone()
    {
        var writes = Plain.Writes();
        var pool = new MeteoraDlmmPool(new PoolId(PairKey));
        Assert.Equal(PoolDefect.AccountMissing, pool.Defect);
        foreach (var write in writes.Reverse()) Assert.True(pool.Apply(write));
        Assert.Equal(PoolDefect.None, pool.Defect);
        Assert.Equal(Plain.Pool().QuoteExactIn(SwapDirection.AToB, Thousand, PoolChecks.Clock),
            pool.QuoteExactIn(SwapDirection.AToB, Thousand, PoolChecks.Clock));

        var foreign = Plain.ArrayBytes(5);
        TokenBytes.Key("other").CopyTo(foreign.AsSpan(MeteoraDlmmLayout.ArrayPair));
        Assert.False(pool.Apply(TokenBytes.Write(ArrayKey(5), Programs.MeteoraDlmm, foreign)));
        Assert.False(pool.Apply(TokenBytes.Write(ArrayKey(5), Programs.Token, Plain.ArrayBytes(5))));
        Assert.False(pool.Apply(TokenBytes.Write(ArrayKey(5), Programs.MeteoraDlmm, Plain.ArrayBytes(5)[..^1])));
        Assert.Equal(writes.Length, pool.Accounts.Length);
    }

    [Fact]
    public void A_broken_array_makes_the_pool_not_quotable_until_it_heals()
    {
        var right = Plain.ArrayBytes(0);
        (PoolDefect Defect, byte[] Data, Pubkey Owner)[] broken =
        [
            (PoolDefect.WrongOwner, right, Programs.Token),
            (PoolDefect.WrongLayout, right[..9_000], Programs.MeteoraDlmm),
            (PoolDefect.ImpossibleValue, Plain.ArrayBytes(6_400), Programs.MeteoraDlmm), // no legal bin in it
            (PoolDefect.ImpossibleValue, Plain.ArrayBytes(1), Programs.MeteoraDlmm), // there is one already
            (PoolDefect.ImpossibleValue, Changed(right, MeteoraDlmmLayout.ArrayPair, 1), Programs.MeteoraDlmm),
            (PoolDefect.ImpossibleValue, Changed(right, MeteoraDlmmLayout.Bins + BinLayout.Price, 1),
                Programs.MeteoraDlmm), // not the price of bin 0
        ];
        var pool = Plain.Pool();
        foreach (var (defect, data, owner) in broken)
        {
            Assert.True(pool.Apply(TokenBytes.Write(ArrayKey(0), owner, data)));
            Assert.Equal(defect, pool.Defect);
            pool.Apply(Pair(Plain));
            Assert.Equal(defect, pool.Defect);
            Assert.True(pool.Apply(TokenBytes.Write(ArrayKey(0), Programs.MeteoraDlmm, right)));
            Assert.Equal(PoolDefect.None, pool.Defect);
        }
    }

    [Fact]
    public void The_bitmap_extension_is_decoded_and_its_use_is_not_quotable()
    {
        var pool = Plain.Pool();
        var all = new TokenAmount(500_000);
        Assert.Equal(
            QuoteError.BitmapExtensionMissing, pool.QuoteExactIn(SwapDirection.AToB, all, PoolChecks.Clock).Error);
        var extension = TokenBytes.Write(TokenBytes.Key("extension"), Programs.MeteoraDlmm, ExtensionBytes());
        Assert.True(pool.Apply(extension));
        Assert.Equal((PoolDefect.None, 1), (pool.Defect, pool.ArraysBeyondBitmap));
        Assert.Equal(QuoteError.NotQuotable, pool.QuoteExactIn(SwapDirection.AToB, all, PoolChecks.Clock).Error);
        Assert.True(pool.QuoteExactIn(SwapDirection.AToB, Thousand, PoolChecks.Clock).IsOk);
        pool.Apply(extension with { Data = default, Lamports = 0, Owner = default });
        Assert.Equal((PoolDefect.None, 0), (pool.Defect, pool.ArraysBeyondBitmap));
    }

    [Fact]
    public void Only_mints_of_Token_2022_are_named_and_waited_for()
    {
        Assert.Equal(4, Plain.Pool().Accounts.Length); // the pair and three arrays
        var fee = new TransferFee(ulong.MaxValue, 100);
        var bytes = Plain with { MintX2022 = MintWithFee(fee) };
        var pool = new MeteoraDlmmPool(new PoolId(PairKey));
        pool.Apply(Pair(bytes));
        Assert.Equal([PairKey, MintX], pool.Accounts.ToArray().Select(account => account.Key));
        Assert.Equal(PoolDefect.AccountMissing, pool.Defect);
        foreach (var write in bytes.Writes()) pool.Apply(write);
        Assert.Equal(PoolDefect.None, pool.Defect);
        pool.Apply(TokenBytes.Write(MintX, Programs.Token2022, TokenBytes.Mint(TokenExtensionType.TransferHook, 64)));
        Assert.Equal(PoolDefect.RestrictedMint, pool.Defect);
        pool.Apply(TokenBytes.Write(MintX, Programs.Token2022, TokenBytes.Mint(TokenExtensionType.TokenMetadata, 8)));
        Assert.Equal(PoolDefect.None, pool.Defect);
        var read = new PoolAccount[2];
        Assert.Equal((1, MintX), (pool.AlsoReads(read), read[0].Key));
    }

    [Fact]
    public void The_mark_of_names_changes_with_the_mints_and_their_programs_only()
    {
        var pool = Plain.Pool();
        var mark = pool.MarkOfNames(Plain.PairBytes());
        Assert.NotEqual(0UL, mark);
        Assert.Equal(mark, pool.MarkOfNames((Plain with { ActiveBin = 3, LastUpdate = 4 }).PairBytes()));
        Assert.NotEqual(mark, pool.MarkOfNames((Plain with { MintX2022 = [] }).PairBytes()));
        Assert.NotEqual(mark, pool.MarkOfNames((Plain with { MintY2022 = [] }).PairBytes()));
        Assert.NotEqual(mark, pool.MarkOfNames(Changed(Plain.PairBytes(), MeteoraDlmmLayout.MintY, 1)));
        Assert.Equal(0UL, pool.MarkOfNames(Plain.PairBytes().AsSpan(1)));
    }

    private static AccountWrite Hostile(string what) => what switch
    {
        "owner" => Pair(Plain) with { Owner = Programs.Whirlpool },
        "discriminator" => Pair(Changed(Plain.PairBytes(), 0, 1)),
        "cut" => Pair(Plain.PairBytes()[..^1]),
        "closed" => Pair(Plain) with { Data = default, Lamports = 0, Owner = default },
        "step" => Pair(Plain with { BinStep = 0 }),
        "power" => Pair(Plain with { BaseFeePower = 19 }),
        "active bin" => Pair(Plain with { ActiveBin = 21_836 }),
        "lowest bin" => Pair(Plain with { BinMin = -443_637 }),
        "index reference" => Pair(Plain with { IndexReference = int.MinValue }),
        "reduction" => Pair(Plain with { ReductionFactor = 10_001 }),
        "protocol share" => Pair(Plain with { ProtocolShare = 10_001 }),
        "last update" => Pair(Plain with { LastUpdate = -1 }),
        "activation" => Pair(Plain with { ActivationType = 2 }),
        "program" => Pair(Changed(Plain.PairBytes(), MeteoraDlmmLayout.ProgramY, 2)),
        "mint" => Pair(WithMintXTwice()),
        "permissioned" => Pair(Plain with { PairType = 1 }),
        "pair type" => Pair(Plain with { PairType = 4 }),
        "function" => Pair(Plain with { FunctionType = 3 }),
        "fee mode" => Pair(Plain with { CollectFeeMode = 2 }),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    private static byte[] WithMintXTwice()
    {
        var data = Plain.PairBytes();
        MintX.CopyTo(data.AsSpan(MeteoraDlmmLayout.MintY));
        return data;
    }

    private static AccountWrite Pair(MeteoraDlmmBytes bytes) => Pair(bytes.PairBytes());

    private static AccountWrite Pair(byte[] data) => TokenBytes.Write(PairKey, Programs.MeteoraDlmm, data);

    private static byte[] Changed(byte[] data, int offset, byte with)
    {
        var changed = data.ToArray();
        changed[offset] ^= with;
        return changed;
    }
}
