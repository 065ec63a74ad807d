using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Wallets;

namespace Mev.Adapters.Solana.Rpc;

/// <summary>
/// Sends orders of the treasury by JSON-RPC and asks what they did, see <see cref="SendTreasury"/> and
/// <see cref="FindTreasury"/>. They are no bundles: nothing of them is worth an auction.
/// </summary>
public sealed class RpcTreasury(RpcClient client)
{
    /// <summary>Hands signed bytes to the node.</summary>
    /// <exception cref="WalletReadException">Nobody knows whether they left.</exception>
    public async Task Send(ReadOnlyMemory<byte> transaction, CancellationToken cancellationToken = default)
    {
        try
        {
            await client.SendTransaction(transaction, cancellationToken).ConfigureAwait(false);
        }
        catch (RpcRequestException failure)
        {
            throw new WalletReadException(failure.Message, failure);
        }
    }

    /// <summary>Whether a transaction is on the chain and, once it is final, what it did.</summary>
    /// <exception cref="WalletReadException">There is no answer.</exception>
    public async Task<(SignaturePresence Presence, TreasuryLanding? Landing)> Find(
        TransactionSignature signature, CancellationToken cancellationToken = default)
    {
        try
        {
            var statuses = await client.FindSignatureStatuses([signature], cancellationToken).ConfigureAwait(false);
            var status = statuses.All[0];
            if (status is not { } known) return (SignaturePresence.Absent, null);
            if (known.Commitment != SlotStatus.Finalized) return (SignaturePresence.Pending, null);
            var seen = await client.GetTransaction(signature, cancellationToken).ConfigureAwait(false);
            return (SignaturePresence.Final, seen is null ? null : LandingOf(seen));
        }
        catch (RpcRequestException failure)
        {
            throw new WalletReadException(failure.Message, failure);
        }
    }

    private static TreasuryLanding LandingOf(ObservedTransaction transaction)
    {
        var payer = transaction.Accounts[0];
        var wrapped = new TokenAddresses().Account(payer, Mints.Wsol, Programs.Token);
        var change = Int128.Zero;
        foreach (var (account, balance) in transaction.Accounts.Zip(transaction.Balances))
            if (account == payer || account == wrapped) change += (Int128)balance.After - balance.Before;
        return new TreasuryLanding(
            transaction.Slot, transaction.IsFailed, transaction.Fee, new Lamports(checked((long)change)));
    }
}
