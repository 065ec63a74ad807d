using Mev.Control.Nonces;
using Mev.Control.Signatures;
using Mev.Domain.Chain;
using Mev.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace Mev.Adapters.Tests.Storage;

public sealed class SqliteNonceStoreTests : NonceStoreContract, IAsyncLifetime
{
    private const long Now = 1_763_856_000;
    private const string Nonce = "FAECAwQFBgcICQoLDA0ODw";

    private static readonly KeyId Key = new(Digest.Of("key"u8));

    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();
    private SqliteGrainStorage _storage = null!;

    protected override INonceStore Store => new SqliteNonceStore(_storage);

    public ValueTask InitializeAsync()
    {
        _storage = Open("state.db");
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_nonce_and_the_identity_outlive_the_process()
    {
        var identity = (await Store.Claim(Key, Nonce, Now + 30, Now)).Store;
        await _storage.DisposeAsync();
        _storage = Open("state.db");

        Assert.Equal(new NonceClaim(identity, IsNew: false), await Store.Claim(Key, Nonce, Now + 30, Now));
    }

    [Fact]
    public async Task A_store_that_was_begun_anew_has_another_identity()
    {
        var identity = await Store.Identity();
        await _storage.DisposeAsync();
        _storage = Open("another.db");

        Assert.NotEqual(identity, (await Store.Claim(Key, Nonce, Now + 30, Now)).Store);
    }

    private SqliteGrainStorage Open(string file) => new(
        Options.Create(new SqliteStorageOptions { Path = _folder.File(file) }),
        new OrleansGrainStorageSerializer(_services.GetRequiredService<Serializer>()),
        _services.GetRequiredService<IActivatorProvider>(),
        TimeProvider.System,
        NullLogger<SqliteGrainStorage>.Instance);
}
