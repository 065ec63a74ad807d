using System.Collections.Frozen;
using System.Collections.Immutable;
using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Signing;
using Mev.Adapters.Solana.Transactions;
using Mev.Benchmarks.Loads;
using Mev.Domain.Chain;
using Mev.Domain.Signing;
using Mev.Domain.Wallets;
using Mev.Grains.Bundles;
using Mev.Grains.Signing;
using Microsoft.Extensions.DependencyInjection;

namespace Mev.Benchmarks.Pipeline;

/// <summary>
/// A wallet that has enough, with a token account of every mint of the load, and a node that says so at once: what a
/// signing mode has beside the rest.
/// </summary>
internal sealed class LoadWallet : IWalletReader
{
    private static readonly Blockhash Genesis = new(Digest.Of("genesis"u8));

    private readonly WalletState _state;

    public LoadWallet(LoadUniverse universe)
    {
        using var key = Key();
        Address = key.Address;
        var addresses = new TokenAddresses();
        _state = new WalletState
        {
            Slot = new Slot(1),
            Balance = new Lamports(1_000_000_000_000_000),
            Wrapped = new TokenAmount(1_000_000_000_000_000_000),
            TokenAccounts =
            [
                .. universe.Pools.SelectMany(pool => new[] { pool.Pool.MintA, pool.Pool.MintB }).Distinct()
                    .Select(mint => addresses.Account(Address, mint, Programs.Token)).Order(),
            ],
        };
    }

    public Pubkey Address { get; }

    /// <summary>Lets an engine sign.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(new SigningTerms
        {
            Wallets = [Address],
            Programs = FrozenSet.Create(
                Programs.ComputeBudget, Programs.System, Programs.Whirlpool, Programs.RaydiumAmmV4,
                Programs.RaydiumCpmm),
            DailyCostMax = new Lamports(1_000_000_000_000_000),
            DontFront = Pubkey.Parse("jitodontfront111111111111111111111111111111"),
        });
        services.AddSingleton<ITransactionSigner>(_ => new GuardedSigner(Key()));
        services.AddSingleton<IWalletReader>(this);
        services.AddSingleton<BundleBuilderFactory>(_ => parameters => new CycleBuilder(parameters));
    }

    public Task<Blockhash> ReadGenesis(CancellationToken cancellationToken = default) => Task.FromResult(Genesis);

    public Task<ChainHead> ReadHead(CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChainHead(new Slot(1), Genesis, LastValidBlockHeight: 1_000, FinalizedHeight: 1));

    public Task<WalletState> ReadWallet(
        Pubkey wallet, IReadOnlyCollection<Pubkey> tables, IReadOnlyCollection<Pubkey> nonces,
        CancellationToken cancellationToken = default) => Task.FromResult(_state);

    public Task<ImmutableArray<SignaturePresence>> Find(
        IReadOnlyCollection<TransactionSignature> signatures, CancellationToken cancellationToken = default) =>
        Task.FromResult<ImmutableArray<SignaturePresence>>([.. signatures.Select(_ => SignaturePresence.Absent)]);

    private static SigningKey Key() => new(Digest.Of("bench"u8).ToArray());
}
