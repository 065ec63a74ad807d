using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Wallets;

namespace Mev.Grains.Tests.Signing;

/// <summary>A node that answers what the test says: a wallet that has a token account of every mint.</summary>
internal sealed class FakeNode : IWalletReader
{
    public const ulong LastValid = 1_150;

    public static Blockhash Genesis { get; } = new(Digest.Of("genesis"u8));

    public static Blockhash Latest { get; } = new(Digest.Of("latest"u8));

    public WalletState? Wallet { get; set; }

    public Blockhash Chain { get; set; } = Genesis;

    public ulong FinalizedHeight { get; set; } = 1_000;

    public SignaturePresence Presence { get; set; } = SignaturePresence.Absent;

    public Task<Blockhash> ReadGenesis(CancellationToken cancellationToken = default) => Task.FromResult(Chain);

    public Task<ChainHead> ReadHead(CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChainHead(new Slot(2_000), Latest, LastValid, FinalizedHeight));

    public Task<WalletState> ReadWallet(
        Pubkey wallet, IReadOnlyCollection<Pubkey> tables, IReadOnlyCollection<Pubkey> nonces,
        CancellationToken cancellationToken = default) => Wallet is null
        ? throw new WalletReadException("the node is away")
        : Task.FromResult(Wallet);

    public Task<ImmutableArray<SignaturePresence>> Find(
        IReadOnlyCollection<TransactionSignature> signatures, CancellationToken cancellationToken = default) =>
        Task.FromResult<ImmutableArray<SignaturePresence>>([.. signatures.Select(_ => Presence)]);
}
