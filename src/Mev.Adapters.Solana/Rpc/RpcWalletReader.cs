using System.Buffers.Binary;
using System.Collections.Concurrent;
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
/// (another owner, other bytes) counts as not there. Which token accounts there are is a question that costs a node
/// much: the answer serves for a while.
/// </summary>
public sealed class RpcWalletReader(RpcClient client, TimeProvider time) : IWalletReader
{
    private static readonly TimeSpan TokenAccountsAge = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<Pubkey, (ImmutableArray<Pubkey> Accounts, long At)> _held = [];

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
        var wrapped = AssociatedToken.Address(wallet, Mints.Wsol, Programs.Token);
        var held = await Held(wallet, cancellationToken);
        var accounts = await Answered(client.GetMultipleAccounts(
            [wallet, wrapped, .. tables, .. nonces], RpcCommitment.Confirmed, cancellationToken: cancellationToken));
        var byKey = accounts.Accounts.DistinctBy(account => account.Key).ToDictionary(account => account.Key);
        return new WalletState
        {
            Slot = accounts.Slot,
            Balance = new Lamports(checked((long)byKey[wallet].Lamports)),
            Wrapped = IsTokenAccount(byKey[wrapped], wallet, Programs.Token) ? AmountOf(byKey[wrapped]) : default,
            TokenAccounts = held,
            Tables = [.. tables.Select(key => TableOf(byKey[key], accounts.Slot)).OfType<LookupTable>()],
            Nonces = [.. nonces.Where(key => IsNonceOf(byKey[key], wallet))],
        };
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<SignaturePresence>> Find(
        IReadOnlyCollection<TransactionSignature> signatures, CancellationToken cancellationToken = default)
    {
        var statuses = await Answered(client.FindSignatureStatuses(signatures, cancellationToken));
        return [.. statuses.All.Select(status => status switch
        {
            null => SignaturePresence.Absent,
            { Commitment: SlotStatus.Finalized } => SignaturePresence.Final,
            _ => SignaturePresence.Pending,
        })];
    }

    private async Task<ImmutableArray<Pubkey>> Held(Pubkey wallet, CancellationToken cancellationToken)
    {
        if (_held.TryGetValue(wallet, out var known) && time.GetElapsedTime(known.At) < TokenAccountsAge)
            return known.Accounts;
        var askedAt = time.GetTimestamp();
        var keys = new List<Pubkey>();
        foreach (var program in new[] { Programs.Token, Programs.Token2022 })
        {
            var answer = await Answered(client.GetTokenAccounts(
                wallet, program, RpcCommitment.Confirmed, cancellationToken));
            var own = answer.Accounts.Where(account => IsTokenAccount(account, wallet, program));
            keys.AddRange(own.Select(account => account.Key));
        }
        ImmutableArray<Pubkey> held = [.. keys.Order().Take(BundleTerms.TokenAccountsMax)];
        _held[wallet] = (held, askedAt);
        return held;
    }

    private static bool IsTokenAccount(in AccountWrite account, Pubkey wallet, Pubkey program) =>
        account.Owner == program && account.Data.Length >= TokenLayout.AccountLength
        && new Pubkey(account.Data.Span[TokenLayout.AccountOwner..]) == wallet;

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
