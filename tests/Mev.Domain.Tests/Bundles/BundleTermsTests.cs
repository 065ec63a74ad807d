using Mev.Domain.Bundles;
using Mev.Domain.Chain;

namespace Mev.Domain.Tests.Bundles;

public sealed class BundleTermsTests
{
    [Fact]
    public void The_canonical_bytes_read_back_to_the_same_terms()
    {
        var bytes = Terms().Encode();
        var read = BundleTerms.Decode(bytes);
        Assert.NotNull(read);
        Assert.Equal(bytes, read.Encode());
        Assert.Equal(Digest.Of(bytes), read.Hash);
        Assert.Equal((Key(1), Key(2), 700), (read.Wallet, read.DontFront, read.UnitsMarginBasisPoints));
        Assert.True(read.Owns(Key(4)));
        Assert.False(read.Owns(Key(5)));
        Assert.Equal([Key(7), Key(8)], Assert.Single(read.Tables).Addresses);
        Assert.Equal(Bounds, read.TipBounds);
    }

    [Fact]
    public void Bytes_from_before_there_were_bounds_read_and_write_as_they_were()
    {
        byte[] old =
        [
            1, .. Key(1).ToArray(), .. Key(2).ToArray(), 188, 2, 0, 0,
            2, 0, .. Key(3).ToArray(), .. Key(4).ToArray(),
            1, .. Key(6).ToArray(), 2, 0, .. Key(7).ToArray(), .. Key(8).ToArray(),
        ];
        var read = BundleTerms.Decode(old);
        Assert.NotNull(read);
        Assert.Null(read.TipBounds);
        Assert.Equal(old, read.Encode());
    }

    [Fact]
    public void Bytes_from_before_messages_passed_arrays_behind_read_and_write_as_they_were()
    {
        byte[] now = Terms().Encode(), old = [2, .. now.AsSpan(1)];
        Assert.Equal(3, now[0]);
        Assert.Equal(
            (true, false), (BundleTerms.Decode(now)!.PassesArraysBehind, BundleTerms.Decode(old)!.PassesArraysBehind));
        Assert.Equal(old, BundleTerms.Decode(old)!.Encode());
        Assert.False(Terms(bounds: null).PassesArraysBehind);
    }

    [Theory]
    [InlineData(-1, 5_000)]
    [InlineData(0, -1)]
    [InlineData(0, 10_001)]
    public void Bounds_that_cannot_be_are_no_terms(long max, int share) =>
        Assert.Null(BundleTerms.Decode(Terms(new TipBounds(new Lamports(max), share)).Encode()));

    [Theory]
    [InlineData(20_000_000, 2_000_000, 9_500, 2_000_000)]
    [InlineData(20_000_000, long.MaxValue, 9_500, 19_000_000)]
    [InlineData(1_001, 2_000, 9_500, 950)] // rounded down, as the signer does
    [InlineData(0, 2_000, 9_500, 0)]
    public void A_tip_is_bounded_by_the_smaller_of_cap_and_share(long value, long max, int share, long most) =>
        Assert.Equal(new Lamports(most), new TipBounds(new Lamports(max), share).Of(new Lamports(value)));

    [Fact]
    public void Bytes_that_are_cut_longer_or_of_another_form_are_no_terms()
    {
        var bytes = Terms().Encode();
        for (var length = 0; length < bytes.Length; length++) Assert.Null(BundleTerms.Decode(bytes.AsSpan(0, length)));
        Assert.Null(BundleTerms.Decode([.. bytes, 0]));
        Assert.Null(BundleTerms.Decode([1, .. bytes.AsSpan(1)]));
        Assert.Null(BundleTerms.Decode([4, .. bytes.AsSpan(1)]));
    }

    private static TipBounds Bounds { get; } = new(new Lamports(2_000_000), 9_500);

    private static BundleTerms Terms() => Terms(Bounds);

    private static BundleTerms Terms(TipBounds? bounds) => new()
    {
        Wallet = Key(1),
        DontFront = Key(2),
        UnitsMarginBasisPoints = 700,
        TipBounds = bounds,
        PassesArraysBehind = true,
        TokenAccounts = [Key(3), Key(4)],
        Tables = [new LookupTable(Key(6), [Key(7), Key(8)])],
    };

    private static Pubkey Key(byte first) => new([first, .. new byte[31]]);
}
