using Mev.Domain.Bundles;
using Mev.Domain.Chain;

namespace Mev.Domain.Tests.Bundles;

public sealed class BundleIdTests
{
    /// <summary>The example of the engine's public documentation.</summary>
    private static readonly TransactionSignature[] Documented =
    [
        Read("2EKVNQoeihFQfepJukLFtE4BpkNyYsZ1cdocSZzsz6En8nQ3D72M24zLFTJmbpd31hvbF9SpbQG2XPqawGoDxq2s"),
        Read("w4fJGQcZGhHzeYELeiVW2PM5iypNEsWExSuUnmfVA4hHC21CRtBSqovRYj884jRVkPqdBY4Lt1owK8LPnyE4Ahs"),
        Read("3tQr6bJtQZj3rZvD85Mg3SnZannP7QpCzhgf6TZgTHR5AtB4zFVX8HFX2BG3qMKsHA3icRpt4BPnVH8aHHrmETJQ"),
        Read("4cYnWhi4LnUbDTFnij57Jodb9SE62k8XAd6aMxXEoW7MMW4VtJXjfbsTjhhM8xDBdYZKY5PRq8L2RV5QFghCEDXS"),
        Read("2kw2VSPwBqe9q89iUjayPQ3iGj4Y8HsBVDVG4pMfBq6Aw8vm9tNZ9dUrJxEmTndgvTbwpEtPhxuA5KHwmexunjKV"),
    ];

    [Fact]
    public void It_is_the_hash_of_the_first_signatures_in_their_order()
    {
        Assert.Equal(
            "be1883fe8a834a299729dd0448f824dbc2ead67301ff358d07bf42e029f8bdef", BundleId.Of(Documented).ToString());
        Assert.Equal(
            "04517ea133706b369b1b6d9cb0cf04e81606c08699ee747fce398443fe853cea",
            BundleId.Of(Documented[..1]).ToString());
        Assert.NotEqual(BundleId.Of(Documented), BundleId.Of(Documented.Reverse()));
    }

    [Fact]
    public void Its_text_reads_back_and_other_texts_are_none()
    {
        var id = BundleId.Of(Documented);
        Assert.True(BundleId.TryParse(id.ToString(), out var read));
        Assert.Equal(id, read);
        Assert.False(BundleId.TryParse(id.ToString()[1..], out _));
        Assert.False(BundleId.TryParse(null, out _));
    }

    private static TransactionSignature Read(string text)
    {
        Span<byte> bytes = stackalloc byte[TransactionSignature.Length];
        Assert.True(Base58.TryDecode(text, bytes, out var written) && written == bytes.Length);
        return TransactionSignature.From(bytes);
    }
}
