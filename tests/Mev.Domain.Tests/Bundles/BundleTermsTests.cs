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
    }

    [Fact]
    public void Bytes_that_are_cut_longer_or_of_another_form_are_no_terms()
    {
        var bytes = Terms().Encode();
        for (var length = 0; length < bytes.Length; length++) Assert.Null(BundleTerms.Decode(bytes.AsSpan(0, length)));
        Assert.Null(BundleTerms.Decode([.. bytes, 0]));
        Assert.Null(BundleTerms.Decode([2, .. bytes.AsSpan(1)]));
    }

    private static BundleTerms Terms() => new()
    {
        Wallet = Key(1),
        DontFront = Key(2),
        UnitsMarginBasisPoints = 700,
        TokenAccounts = [Key(3), Key(4)],
        Tables = [new LookupTable(Key(6), [Key(7), Key(8)])],
    };

    private static Pubkey Key(byte first) => new([first, .. new byte[31]]);
}
