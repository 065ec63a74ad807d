using System.Buffers.Binary;
using CsCheck;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;

namespace Mev.Adapters.Tests.Transactions;

/// <summary>Fees and rent, to the lamport.</summary>
public sealed class CostTests
{
    [Theory]
    [InlineData(1, 0U, 0UL, 5_000L)]
    [InlineData(2, 1_400_000U, 0UL, 10_000L)]
    [InlineData(1, 120_000U, 50_000UL, 11_000L)]
    [InlineData(1, 1U, 1UL, 5_001L)]
    [InlineData(1, 1_000_000U, 1UL, 5_001L)]
    [InlineData(1, 1_000_001U, 1UL, 5_002L)]
    public void The_fee_is_signatures_and_limit_times_price_rounded_up(
        int signatures, uint limit, ulong price, long lamports) =>
        Assert.Equal(new Lamports(lamports), TransactionFee.Of(signatures, limit, price));

    [Fact]
    public void A_fee_above_all_lamports_is_an_overflow() =>
        Assert.Throws<OverflowException>(() => TransactionFee.Of(1, 1_400_000, ulong.MaxValue));

    [Theory]
    [InlineData(0, 890_880L)]
    [InlineData(82, 1_461_600L)]
    [InlineData(165, 2_039_280L)]
    public void An_account_must_hold_rent_for_its_bytes(int length, long lamports) =>
        Assert.Equal(new Lamports(lamports), Rent.Mainnet.Minimum(length));

    [Fact]
    public void A_balance_is_left_empty_or_not_below_the_minimum()
    {
        Assert.True(Rent.Mainnet.Allows(Lamports.Zero));
        Assert.False(Rent.Mainnet.Allows(new Lamports(10_000)));
        Assert.False(Rent.Mainnet.Allows(new Lamports(890_879)));
        Assert.True(Rent.Mainnet.Allows(new Lamports(890_880)));
    }

    [Theory]
    [InlineData(3_480UL, 2.0, 6_960UL)]
    [InlineData(6_960UL, 1.0, 6_960UL)]
    [InlineData(1UL, 100.0, 100UL)]
    public void The_rent_sysvar_tells_lamports_for_a_byte(ulong perYear, double years, ulong perByte) =>
        Assert.Equal(new Rent(perByte), Rent.Read(Sysvar(perYear, years)));

    [Theory]
    [InlineData(3_480UL, 1.5)]
    [InlineData(3_480UL, 0.0)]
    [InlineData(3_480UL, -2.0)]
    [InlineData(3_480UL, double.NaN)]
    [InlineData(3_480UL, double.PositiveInfinity)]
    [InlineData(ulong.MaxValue, 2.0)]
    public void Impossible_parameters_are_refused(ulong perYear, double years) =>
        Assert.Null(Rent.Read(Sysvar(perYear, years)));

    [Fact]
    public void Any_bytes_are_rent_or_refused() => Gen.Byte.Array[15, 19].Sample(bytes =>
        Assert.True(Rent.Read(bytes) is not { } rent || rent.Minimum(0) >= Lamports.Zero));

    private static byte[] Sysvar(ulong perYear, double years)
    {
        var data = new byte[17];
        BinaryPrimitives.WriteUInt64LittleEndian(data, perYear);
        BinaryPrimitives.WriteDoubleLittleEndian(data.AsSpan(8), years);
        return data;
    }
}
