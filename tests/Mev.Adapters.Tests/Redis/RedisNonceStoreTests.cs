using Mev.Adapters.Tests.Storage;
using Mev.Control.Nonces;
using Mev.Control.Signatures;
using Mev.Domain.Chain;
using Mev.Fixtures.Redis;
using Mev.Storage.Redis;
using Microsoft.Extensions.Options;

namespace Mev.Adapters.Tests.Redis;

public sealed class RedisNonceStoreTests(RedisServer server)
    : NonceStoreContract, IClassFixture<RedisServer>, IAsyncLifetime
{
    private const long Now = 1_763_856_000;
    private static readonly KeyId Key = new(Digest.Of("key"u8));

    private RedisConnections _connections = null!;
    private RedisConnections _others = null!;
    private RedisNonceStore _store = null!;

    protected override INonceStore Store => _store;

    public ValueTask InitializeAsync()
    {
        (_connections, _others) = (Connect(), Connect());
        _store = new RedisNonceStore(_connections);
        server.Ask("FLUSHALL"); // tests share the server
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _connections.DisposeAsync();
        await _others.DisposeAsync();
    }

    [Fact]
    public async Task Of_a_request_that_is_replayed_at_two_gateways_one_claim_is_new()
    {
        var other = new RedisNonceStore(_others);
        var claims = await Task.WhenAll(Enumerable.Range(0, 100).Select(i =>
            (i % 2 == 0 ? _store : other).Claim(Key, "FAECAwQFBgcICQoLDA0ODw", Now + 30, Now).AsTask()));
        Assert.Single(claims, claim => claim.IsNew);
        Assert.Single(claims.Select(claim => claim.Store).Distinct());
    }

    [Fact]
    public async Task A_store_that_was_wiped_is_another()
    {
        var before = await _store.Identity();
        server.Ask("FLUSHALL");
        Assert.NotEqual(before, (await _store.Claim(Key, "GAECAwQFBgcICQoLDA0ODw", Now + 30, Now)).Store);
    }

    /// <summary>It may have lost its last writes, or be a replica that never had them.</summary>
    [Fact]
    public async Task A_server_that_started_again_is_another_and_knows_what_it_kept()
    {
        var before = (await _store.Claim(Key, "HAECAwQFBgcICQoLDA0ODw", Now + 30, Now)).Store;

        server.Kill();
        var failure = await Assert.ThrowsAsync<NonceStoreException>(
            () => _store.Claim(Key, "IAECAwQFBgcICQoLDA0ODw", Now + 30, Now).AsTask());
        server.Start();

        Assert.Contains(server.Address, failure.Message, StringComparison.Ordinal);
        var again = await Claimed("HAECAwQFBgcICQoLDA0ODw");
        Assert.NotEqual(before, again.Store);
        Assert.False(again.IsNew);
    }

    private async Task<NonceClaim> Claimed(string nonce)
    {
        NonceClaim? claim = null;
        await Fixtures.Patience.Until(
            async () =>
            {
                try
                {
                    claim = await _store.Claim(Key, nonce, Now + 30, Now);
                    return true;
                }
                catch (NonceStoreException)
                {
                    return false; // it connects again by itself
                }
            },
            "a connection", TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(50));
        return claim!.Value;
    }

    private RedisConnections Connect() =>
        new(Options.Create(new RedisOptions { ConnectionString = server.Address }));
}
