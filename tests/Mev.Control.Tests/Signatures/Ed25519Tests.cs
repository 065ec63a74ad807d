using System.Numerics;
using Mev.Control.Signatures;

namespace Mev.Control.Tests.Signatures;

public sealed class Ed25519Tests
{
    // RFC 8032 section 7.1, tests 1 to 3.
    [Theory]
    [InlineData(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void The_published_vectors_hold(string seed, string publicKey, string message, string signature)
    {
        using var key = new Ed25519PrivateKey(Convert.FromHexString(seed));
        var bytes = Convert.FromHexString(message);

        Assert.Equal(publicKey, Convert.ToHexStringLower(key.PublicKey.ToArray()));
        Assert.Equal(signature, Convert.ToHexStringLower(key.Sign(bytes)));
        Assert.True(key.PublicKey.Verifies(bytes, Convert.FromHexString(signature)));
    }

    [Fact]
    public void A_key_is_called_by_the_published_thumbprint()
    {
        using var key = TestKey.Rfc9421();

        Assert.Equal("poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U", key.PublicKey.Id.ToString());
        Assert.Equal("26b40b8f93fff3d897112f7ebc582b232dbd72517d082fe83cfb30ddce43d1bb",
            Convert.ToHexStringLower(key.PublicKey.ToArray()));
        Assert.Equal(key.PublicKey.Id, KeyId.Parse("poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0")]
    [InlineData("poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U=")]
    [InlineData("poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0V")] // the same bytes, other bits after them
    [InlineData("poqkLGiymh/W0uP6PZFw+dvez3QJT5SolqXBCW38r0U")]
    public void Another_spelling_of_an_id_is_none(string text) => Assert.Null(KeyId.Parse(text));

    [Fact]
    public void A_signature_has_one_spelling()
    {
        // S + L is the same number modulo the group's order, so a lenient verifier would take it.
        var order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493");
        using var key = TestKey.Rfc9421();
        byte[] message = [1, 2, 3];
        var signature = key.Sign(message);
        var s = new BigInteger(signature.AsSpan(32), isUnsigned: true) + order;
        var other = new byte[64];
        signature.AsSpan(0, 32).CopyTo(other);
        s.TryWriteBytes(other.AsSpan(32), out _, isUnsigned: true);

        Assert.True(key.PublicKey.Verifies(message, signature));
        Assert.False(key.PublicKey.Verifies(message, other));
    }

    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")] // the neutral element
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // order 2
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")] // order 4
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")] // order 8
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // not canonical: 1 + p
    public void A_key_of_small_order_verifies_nothing(string key)
    {
        // with the neutral element as R and S = 0 a lenient verifier takes any message
        var signature = new byte[64];
        signature[0] = 1;
        var read = Ed25519PublicKey.Read(Convert.FromHexString(key));

        for (var message = 0; message < 16; message++)
            Assert.False(read is not null && read.Verifies([(byte)message], signature));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(65)]
    public void A_signature_of_another_length_is_none(int length)
    {
        using var key = TestKey.Rfc9421();

        Assert.False(key.PublicKey.Verifies([1], new byte[length]));
        Assert.Null(Ed25519PublicKey.Read(new byte[length]));
    }

    [Fact]
    public void Any_flipped_bit_of_signature_or_message_is_refused()
    {
        using var key = TestKey.Rfc9421();
        byte[] message = [7, 8, 9];
        var signature = key.Sign(message);
        for (var bit = 0; bit < 8 * (signature.Length + message.Length); bit++)
        {
            byte[] all = [.. signature, .. message];
            all[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.False(key.PublicKey.Verifies(all.AsSpan(64), all.AsSpan(0, 64)), $"bit {bit}");
        }
    }
}
