using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Wallets;
using Mev.Grains.Abstractions.Signing;
using Mev.Grains.Abstractions.Wallets;
using Mev.Grains.Signing;
using Mev.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mev.Grains.Wallets;

/// <summary>
/// Asks the node in the background what messages are built on (blockhash, balances, token accounts, tables) and what
/// became of transactions that nobody could tell about. While there is no answer, what is known grows old and nothing
/// is built on it.
/// </summary>
internal sealed partial class WalletWatch(
    SigningTerms terms, WalletBook book, IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<WalletWatch> logger, IWalletReader? reader = null) : BackgroundService
{
    // A node may lag behind another: an absence counts when it was read twice, so far apart.
    private static readonly TimeSpan ReadsApart = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ReminderInterval = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Domain.Opportunities.OpportunityId, long> _absentSince = [];
    private ImmutableArray<Pubkey> _unusable = [];
    private long _toldAt;
    private bool _isTold;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (reader is null || !terms.IsSigning) return;
        // The silo stops before this service: from the first word of an end on it is asked no more.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            stoppingToken, lifetime.ApplicationStopping);
        await lifetime.Started(ending.Token);
        while (!ending.IsCancellationRequested)
        {
            try
            {
                await Look(reader, ending.Token);
                _isTold = false;
            }
            catch (Exception failure) when (!ending.IsCancellationRequested) // whatever it was, ask again
            {
                Tell(failure);
            }
            catch (Exception failure) when (ending.IsCancellationRequested)
            {
                LogStopped(failure.Message); // nobody is left to answer
            }
            await Task.Delay(terms.RefreshInterval, time, ending.Token).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Look(IWalletReader node, CancellationToken cancellationToken)
    {
        if (book.Network.GenesisHash is null) book.Observe(await node.ReadGenesis(cancellationToken));
        var askedAt = time.GetTimestamp();
        var head = await node.ReadHead(cancellationToken);
        book.Observe(head, askedAt);
        foreach (var wallet in terms.Wallets)
        {
            askedAt = time.GetTimestamp();
            var state = await node.ReadWallet(wallet, terms.Tables, terms.Nonces, cancellationToken);
            var doubtful = await grains.GetGrain<IWalletGrain>(wallet.ToString()).Observe(new WalletObservation
            {
                Slot = state.Slot,
                FinalizedHeight = head.FinalizedHeight,
                Balance = state.Balance,
                Wrapped = state.Wrapped,
                Nonces = state.Nonces,
            });
            TellTables(state);
            book.Observe(wallet, state, askedAt); // after the grain has told what is reserved of it
            foreach (var reservation in doubtful) await Prove(node, wallet, reservation, cancellationToken);
        }
        if (terms.TreasuryDailyMax > Lamports.Zero)
            await grains.GetGrain<ITreasuryGrain>(ITreasuryGrain.Main).Settle(head.FinalizedHeight);
    }

    private async Task Prove(
        IWalletReader node, Pubkey wallet, WalletReservation reservation, CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<IWalletGrain>(wallet.ToString());
        if (reservation.Signatures.IsEmpty)
        {
            // A process may have ended between its send and the record of it: by what name it is in the chain nobody
            // knows, so it is taken for spent.
            await grain.ProveFinal(reservation.Opportunity);
            LogNameless(reservation.Opportunity, reservation.Cost);
            return;
        }
        var found = await node.Find(
            [.. reservation.Signatures.Select(bytes => TransactionSignature.From(bytes.Span))], cancellationToken);
        if (!IsProof(reservation, found)) return;
        _absentSince.Remove(reservation.Opportunity);
        await (found.Contains(SignaturePresence.Final)
            ? grain.ProveFinal(reservation.Opportunity)
            : grain.Prove(reservation.Opportunity));
    }

    /// <summary>Each transaction is final, or absent at two readings far enough apart.</summary>
    private bool IsProof(WalletReservation reservation, ImmutableArray<SignaturePresence> found)
    {
        if (found.All(presence => presence == SignaturePresence.Final)) return true;
        var isOver = found.All(presence => presence is SignaturePresence.Final or SignaturePresence.Absent);
        if (!isOver)
        {
            _absentSince.Remove(reservation.Opportunity);
            return false;
        }
        if (_absentSince.TryAdd(reservation.Opportunity, time.GetTimestamp())) return false;
        return time.GetElapsedTime(_absentSince[reservation.Opportunity]) >= ReadsApart;
    }

    /// <summary>Each change in which of the tables cannot be used: without them messages may grow too large.</summary>
    private void TellTables(WalletState state)
    {
        ImmutableArray<Pubkey> unusable = [.. terms.Tables.Except(state.Tables.Select(table => table.Key))];
        if (unusable.SequenceEqual(_unusable)) return;
        _unusable = unusable;
        LogTables(terms.Tables.Length - unusable.Length, terms.Tables.Length, string.Join(", ", unusable));
    }

    private void Tell(Exception failure)
    {
        if (_isTold && time.GetElapsedTime(_toldAt) < ReminderInterval) return;
        (_isTold, _toldAt) = (true, time.GetTimestamp());
        LogNoAnswer(failure.Message);
    }

    [LoggerMessage(1060, LogLevel.Warning, "Wallets and chain are not known, nothing is signed: {Reason}")]
    private partial void LogNoAnswer(string reason);

    [LoggerMessage(1063, LogLevel.Warning, "Of the lookup tables {Usable} of {Named} can be used; not: {Tables}")]
    private partial void LogTables(int usable, int named, string tables);

    [LoggerMessage(1064, LogLevel.Warning,
        "Bundle {Opportunity}: no signature is on record, and it may have left; {Cost} lamports count as spent")]
    private partial void LogNameless(Domain.Opportunities.OpportunityId opportunity, Lamports cost);

    [LoggerMessage(1061, LogLevel.Debug, "The wallets' watch stops with the host: {Reason}")]
    private partial void LogStopped(string reason);
}
