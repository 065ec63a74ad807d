using System.Buffers.Binary;
using System.Collections.Immutable;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools.Tokens;
using Mev.Domain.Wallets;

namespace Mev.Adapters.Solana.Rpc;

/// <summary>
/// Reads wallets by JSON-RPC, at the commitment <c>confirmed</c>. An account that is not what it was asked for as
/// (another owner, other bytes) counts as not there.
/// </summary>
public sealed class RpcWalletReader(RpcClient client) : IWalletReader
{
    /// <inheritdoc/>
    public Task<Blockhash> ReadGenesis(CancellationToken cancellationToken = default) =>
        Answered(client.GetGenesisHash(cancellationToken));

    /// <inheritdoc/>
    public async Task<ChainHead> ReadHead(CancellationToken cancellationToken = default)
    {
        var finalized = Answered(client.GetBlockHeight(RpcCommitment.Finalized, cancellationToken));
        var latest = await Answered(client.GetLatestBlockhash(RpcCommitment.Confirmed, cancellationToken));
        return new ChainHead(latest.Slot, latest.Hash, latest.LastValidBlockHeight, await finalized);
    }

    /// <inheritdoc/>
    public async Task<WalletState> ReadWallet(
        Pubkey wallet, IReadOnlyCollection<Pubkey> tables, IReadOnlyCollection<Pubkey> nonces,
        CancellationToken cancellationToken = default)
    {
        Pubkey[] named = [wallet, .. tables, .. nonces];
        var plain = TokenAccounts(wallet, Programs.Token, cancellationToken);
        var others = TokenAccounts(wallet, Programs.Token2022, cancellationToken);
        var accounts = await Answered(client.GetMultipleAccounts(
            named, RpcCommitment.Confirmed, cancellationToken: cancellationToken));
        var byKey = accounts.Accounts.DistinctBy(account => account.Key).ToDictionary(account => account.Key);
        var held = (await plain).Concat(await others).ToList();
        var wrapped = AssociatedToken.Address(wallet, Mints.Wsol, Programs.Token);
        return new WalletState
        {
            Slot = accounts.Slot,
            Balance = new Lamports(checked((long)byKey[wallet].Lamports)),
            Wrapped = held.Find(account => account.Key == wrapped) is { IsClosed: false } account
                ? AmountOf(account)
                : default,
            TokenAccounts = [.. held.Select(each => each.Key).Order().Take(BundleTerms.TokenAccountsMax)],
            Tables = [.. tables.Select(key => TableOf(byKey[key], accounts.Slot)).OfType<LookupTable>()],
            Nonces = [.. nonces.Where(key => IsNonceOf(byKey[key], wallet))],
        };
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<SignaturePresence>> Find(
        IReadOnlyCollection<TransactionSignature> signatures, CancellationToken cancellationToken = default)
    {
        var statuses = await Answered(client.GetSignatureStatuses(signatures, cancellationToken, withHistory: true));
        return [.. statuses.Select(status => status switch
        {
            null => SignaturePresence.Absent,
            { Commitment: SlotStatus.Finalized } => SignaturePresence.Final,
            _ => SignaturePresence.Pending,
        })];
    }

    private async Task<IEnumerable<AccountWrite>> TokenAccounts(
        Pubkey wallet, Pubkey program, CancellationToken cancellationToken)
    {
        var accounts = await Answered(client.GetProgramAccounts(
            program, new RpcAccountFilter(Length: null, TokenLayout.AccountOwner, wallet), RpcCommitment.Confirmed,
            cancellationToken: cancellationToken));
        return accounts.Accounts.Where(account => account.Owner == program
            && account.Data.Length >= TokenLayout.AccountLength
            && new Pubkey(account.Data.Span[TokenLayout.AccountOwner..]) == wallet);
    }

    private static TokenAmount AmountOf(in AccountWrite account) =>
        new(BinaryPrimitives.ReadUInt64LittleEndian(account.Data.Span[TokenLayout.AccountAmount..]));

    private static LookupTable? TableOf(in AccountWrite account, Slot slot) =>
        account.Owner == Programs.AddressLookupTable
            ? LookupTableAccount.Read(account.Key, account.Data.Span)?.UsableIn(slot)
            : null;

    private static bool IsNonceOf(in AccountWrite account, Pubkey wallet) =>
        account.Owner == Programs.System && DurableNonce.Read(account.Key, account.Data.Span)?.Authority == wallet;

    private static async Task<T> Answered<T>(Task<T> asked)
    {
        try
        {
            return await asked.ConfigureAwait(false);
        }
        catch (RpcRequestException failure)
        {
            throw new WalletReadException(failure.Message, failure);
        }
    }
}
