using System.Collections.Immutable;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Mev.Domain.Wallets;
using Mev.Grains.Abstractions.Wallets;
using Mev.Grains.Audit;
using Mev.Grains.Signing;
using Mev.Journal;
using Mev.Journal.Wallets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mev.Grains.Wallets;

/// <summary>
/// Keeps one wallet's reservations. Its memory is a fold of durable intents, attempts and outcomes: an activation reads
/// them from the journal, later ones it is told by their bundles. A call that is lost leaves more reserved, never less.
/// </summary>
[GrainType("wallet")]
internal sealed partial class WalletGrain(
    [PersistentState("wallet")] IPersistentState<WalletGrainState> state,
    SigningTerms terms,
    WalletBook book,
    IPartitionedLog log,
    IOptions<TradingOptions> options,
    RecordCounts counts,
    TimeProvider time,
    ILogger<WalletGrain> logger) : Grain, IWalletGrain
{
    private const long SaveRecordsMin = 10_000; // so many read at a start are worth a snapshot

    private Pubkey _wallet;
    private WalletLedger _ledger = new();
    private WalletObservation? _observed;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _wallet = Pubkey.Parse(this.GetPrimaryKeyString());
        _ledger = state.State.Ledger;
        var offsets = ImmutableArray.CreateBuilder<long>();
        var read = 0L;
        for (var number = 1; number <= options.Value.StrategyPartitions; number++)
        {
            var from = number <= state.State.NextOffsets.Length ? state.State.NextOffsets[number - 1] : 0;
            offsets.Add(await Fold(new LogPartition(LogTopics.Audit, number), from, cancellationToken));
            read += offsets[^1] - from;
        }
        Keep(_ledger);
        if (read < SaveRecordsMin) return;
        state.State = new WalletGrainState { Ledger = _ledger, NextOffsets = offsets.ToImmutable() };
        await state.WriteStateAsync(cancellationToken);
    }

    public ValueTask<WalletLease> Reserve(WalletReservation reservation)
    {
        Keep(Today().Reserve(reservation));
        var (cost, amountIn) = (_ledger.Cost, _ledger.AmountIn);
        if (_ledger.Open.TryGetValue(reservation.Opportunity, out var own))
            (cost, amountIn) = (cost - own.Cost, new TokenAmount(amountIn.Units - own.AmountIn.Units));
        return ValueTask.FromResult(new WalletLease(
            terms.DailyCostMax - _ledger.SpentToday - cost,
            _observed is { } observed && observed.Wrapped.Units > amountIn.Units
                ? new TokenAmount(observed.Wrapped.Units - amountIn.Units)
                : default,
            _observed is null ? null : _observed.Balance - cost));
    }

    public ValueTask KeepSignatures(OpportunityId opportunity, ImmutableArray<ReadOnlyMemory<byte>> signatures)
    {
        Keep(_ledger.WithSignatures(opportunity, signatures));
        return ValueTask.CompletedTask;
    }

    public ValueTask Settle(BundleOutcome outcome)
    {
        Keep(_ledger.Settle(outcome));
        return ValueTask.CompletedTask;
    }

    public ValueTask Correct(BundleOutcome outcome)
    {
        Keep(_ledger.Correct(outcome));
        return ValueTask.CompletedTask;
    }

    public ValueTask<ImmutableArray<WalletReservation>> Observe(WalletObservation observation)
    {
        if (_observed is null || observation.Slot >= _observed.Slot) _observed = observation;
        Keep(Today().BalanceKnown(_observed.Slot).FinalAt(_observed.FinalizedHeight));
        return ValueTask.FromResult<ImmutableArray<WalletReservation>>([.. _ledger.Open.Values.Where(open =>
            open.IsDoubtful && open.LastValidBlockHeight < _observed.FinalizedHeight)]);
    }

    public ValueTask Prove(OpportunityId opportunity)
    {
        if (_ledger.Open.ContainsKey(opportunity)) Keep(_ledger.Without(opportunity));
        return ValueTask.CompletedTask;
    }

    public ValueTask ProveFinal(OpportunityId opportunity)
    {
        Keep(Today().WithoutFinal(opportunity));
        return ValueTask.CompletedTask;
    }

    public ValueTask<WalletView> Describe() => ValueTask.FromResult(new WalletView
    {
        Observed = _observed,
        Ledger = _ledger,
        Reserve = terms.Reserve,
    });

    private WalletLedger Today() => _ledger.On(WalletLedger.DayOf(time.GetUtcNow().ToUnixTimeMilliseconds()));

    private void Keep(WalletLedger ledger)
    {
        _ledger = ledger;
        book.Reserve(_wallet, ledger);
    }

    private async Task<long> Fold(LogPartition partition, long next, CancellationToken cancellationToken)
    {
        await foreach (var record in log.ReadAll(partition, next, cancellationToken))
        {
            next = record.Offset + 1;
            if (WalletRecords.TryTake(record, _wallet, terms.Fee, ref _ledger)) continue;
            counts.PassedOver();
            LogPassedOver(_wallet, partition, record.Offset);
        }
        return next;
    }

    [LoggerMessage(1062, LogLevel.Error, "Wallet {Wallet}: record {Offset} of {Partition} cannot be taken in")]
    private partial void LogPassedOver(Pubkey wallet, LogPartition partition, long offset);
}
