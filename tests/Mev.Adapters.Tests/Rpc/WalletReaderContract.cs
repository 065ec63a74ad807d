using Mev.Domain.Chain;
using Mev.Domain.Wallets;

namespace Mev.Adapters.Tests.Rpc;

/// <summary>What every reader of wallets keeps to.</summary>
public abstract class WalletReaderContract
{
    /// <summary>A reader of a chain, and a transaction that is final there.</summary>
    protected abstract Task<(IWalletReader Reader, TransactionSignature Final, IAsyncDisposable Owner)> Begin();

    /// <summary>A reader whose node is away.</summary>
    protected abstract IWalletReader Away();

    [Fact]
    public async Task The_head_names_a_blockhash_that_outlives_what_is_final()
    {
        var (reader, _, owner) = await Begin();
        await using (owner)
        {
            var head = await reader.ReadHead();
            Assert.NotEqual(default, head.Blockhash);
            Assert.True(head.LastValidBlockHeight > head.FinalizedHeight && head.FinalizedHeight > 0);
        }
    }

    [Fact]
    public async Task A_wallet_that_does_not_exist_has_nothing()
    {
        var (reader, _, owner) = await Begin();
        await using (owner)
        {
            var nobody = new Pubkey(Digest.Of("nobody"u8).ToArray());
            var state = await reader.ReadWallet(nobody, tables: [nobody], nonces: [nobody]);
            Assert.Equal((Lamports.Zero, 0UL), (state.Balance, state.Wrapped.Units));
            Assert.True(state.TokenAccounts.IsEmpty && state.Tables.IsEmpty && state.Nonces.IsEmpty);
        }
    }

    [Fact]
    public async Task A_transaction_is_final_or_absent()
    {
        var (reader, final, owner) = await Begin();
        await using (owner)
        {
            Assert.Equal(
                [SignaturePresence.Final, SignaturePresence.Absent],
                await reader.Find([final, TransactionSignature.None]));
        }
    }

    [Fact]
    public async Task A_node_that_is_away_is_no_answer()
    {
        var reader = Away();
        await Assert.ThrowsAsync<WalletReadException>(() => reader.ReadGenesis());
        await Assert.ThrowsAsync<WalletReadException>(() => reader.ReadHead());
        await Assert.ThrowsAsync<WalletReadException>(() => reader.Find([TransactionSignature.None]));
        await Assert.ThrowsAsync<WalletReadException>(() => reader.ReadWallet(default, [], []));
    }
}
