using Mev.Control.Nonces;
using Mev.Control.Signatures;
using Mev.Domain.Chain;

namespace Mev.Adapters.Tests.Storage;

/// <summary>What every store of nonces holds.</summary>
public abstract class NonceStoreContract
{
    private const long Now = 1_763_856_000;

    private static readonly KeyId Key = new(Digest.Of("key"u8));
    private static readonly KeyId Other = new(Digest.Of("another key"u8));

    protected abstract INonceStore Store { get; }

    [Fact]
    public async Task A_nonce_of_a_key_is_taken_once()
    {
        Assert.True((await Store.Claim(Key, "AAECAwQFBgcICQoLDA0ODw", Now + 30, Now)).IsNew);
        Assert.False((await Store.Claim(Key, "AAECAwQFBgcICQoLDA0ODw", Now + 30, Now)).IsNew);
        Assert.True((await Store.Claim(Other, "AAECAwQFBgcICQoLDA0ODw", Now + 30, Now)).IsNew);
        Assert.True((await Store.Claim(Key, "BAECAwQFBgcICQoLDA0ODw", Now + 30, Now)).IsNew);
    }

    [Fact]
    public async Task Of_parallel_claims_of_one_nonce_one_is_new()
    {
        var claims = await Task.WhenAll(Enumerable.Range(0, 100)
            .Select(_ => Store.Claim(Key, "CAECAwQFBgcICQoLDA0ODw", Now + 30, Now).AsTask()));
        Assert.Single(claims, claim => claim.IsNew);
    }

    [Fact]
    public async Task A_nonce_is_kept_until_its_command_is_over_and_the_clocks_apart()
    {
        await Store.Claim(Key, "DAECAwQFBgcICQoLDA0ODw", Now + 30, Now);
        Assert.False((await Store.Claim(Key, "DAECAwQFBgcICQoLDA0ODw", Now + 30, Now + 32)).IsNew);
        Assert.True((await Store.Claim(Key, "DAECAwQFBgcICQoLDA0ODw", Now + 90, Now + 33)).IsNew);
    }

    [Fact]
    public async Task Each_claim_tells_the_store_that_it_was_made_in()
    {
        var identity = await Store.Identity();
        Assert.NotEmpty(identity);
        Assert.Equal(identity, (await Store.Claim(Key, "EAECAwQFBgcICQoLDA0ODw", Now + 30, Now)).Store);
    }
}
