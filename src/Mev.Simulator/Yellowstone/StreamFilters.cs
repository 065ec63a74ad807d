using Grpc.Core;
using Mev.Adapters.Solana.Yellowstone.Wire;
using Mev.Simulator.Chain;

namespace Mev.Simulator.Yellowstone;

/// <summary>All that one request asks for. An event is told once, with the names of all entries that take it.</summary>
internal sealed class StreamFilters
{
    /// <summary>Entries in one request together at most.</summary>
    public const int EntriesMax = 10_000;

    private readonly Dictionary<string, AccountFilter> _accounts;
    private readonly Dictionary<string, (bool IsOfCommitment, bool HasSteps)> _slots;
    private readonly Dictionary<string, TransactionFilter> _transactions;
    private readonly string[] _blocks;

    /// <summary>Reads a request.</summary>
    /// <exception cref="RpcException">It is none.</exception>
    public StreamFilters(SubscribeRequest asked)
    {
        var entries = asked.Accounts.Count + asked.Slots.Count + asked.Transactions.Count + asked.BlocksMeta.Count;
        if (entries > EntriesMax) throw Address.Bad($"more than {EntriesMax} filters");
        if (!Enum.IsDefined(asked.Commitment)) throw Address.Bad("a commitment that is not known");
        Commitment = asked.Commitment;
        _accounts = asked.Accounts.ToDictionary(entry => entry.Key, entry => new AccountFilter(entry.Value));
        _slots = asked.Slots.ToDictionary(
            entry => entry.Key, entry => (entry.Value.FilterByCommitment, entry.Value.InterslotUpdates));
        _transactions = asked.Transactions.ToDictionary(
            entry => entry.Key, entry => new TransactionFilter(entry.Value));
        _blocks = [.. asked.BlocksMeta.Keys];
    }

    /// <summary>How safe a slot has to be before what happened in it is told.</summary>
    public CommitmentLevel Commitment { get; }

    /// <summary>The names of the entries that take an event.</summary>
    public IEnumerable<string> Taking(ChainEvent happened) => happened switch
    {
        AccountWritten written => _accounts.Where(entry => entry.Value.Takes(written.Account)).Select(e => e.Key),
        TransactionExecuted executed => _transactions.Where(entry => entry.Value.Takes(executed)).Select(e => e.Key),
        SlotStepped stepped => _slots.Where(entry => Takes(entry.Value, stepped.Step)).Select(e => e.Key),
        _ => _blocks,
    };

    private bool Takes((bool IsOfCommitment, bool HasSteps) asked, SlotStep step) => step switch
    {
        SlotStep.Processed => !asked.IsOfCommitment || Commitment == CommitmentLevel.Processed,
        SlotStep.Confirmed => !asked.IsOfCommitment || Commitment == CommitmentLevel.Confirmed,
        SlotStep.Finalized => !asked.IsOfCommitment || Commitment == CommitmentLevel.Finalized,
        SlotStep.Dead => true,
        _ => asked.HasSteps,
    };
}
