using Mev.Control.Signatures;

namespace Mev.Control.Tests.Signatures;

/// <summary>The published key of RFC 9421 B.1.4, and others that follow from a number.</summary>
internal static class TestKey
{
    public static Ed25519PrivateKey Rfc9421() =>
        new(Convert.FromHexString("9f8362f87a484a954e6e740c5b4c0e84229139a20aa8ab56ff66586f6a7d29c5"));

    public static Ed25519PrivateKey Of(byte number)
    {
        var seed = new byte[32];
        Array.Fill(seed, number);
        return new Ed25519PrivateKey(seed);
    }
}
