using Grpc.Core;
using Mev.Adapters.Solana.Yellowstone.Wire;
using Mev.Domain.Chain;
using Mev.Simulator.Chain;

namespace Mev.Simulator.Yellowstone;

/// <summary>One entry of the transactions that are asked for; its fields combine with AND.</summary>
internal sealed class TransactionFilter
{
    private readonly bool _isFalseAlways;
    private readonly bool? _isFailed;
    private readonly string? _signature;
    private readonly Pubkey[] _include;
    private readonly Pubkey[] _exclude;
    private readonly Pubkey[] _required;

    /// <summary>Reads an entry.</summary>
    /// <exception cref="RpcException">It is none.</exception>
    public TransactionFilter(SubscribeRequestFilterTransactions asked)
    {
        _isFalseAlways = asked is { HasVote: true, Vote: true }; // nobody votes here
        _isFailed = asked.HasFailed ? asked.Failed : null;
        _signature = asked.HasSignature ? asked.Signature : null;
        _include = [.. asked.AccountInclude.Select(Address.Read)];
        _exclude = [.. asked.AccountExclude.Select(Address.Read)];
        _required = [.. asked.AccountRequired.Select(Address.Read)];
    }

    /// <summary>It takes this transaction.</summary>
    public bool Takes(TransactionExecuted executed)
    {
        var transaction = executed.Transaction;
        return !_isFalseAlways
            && (_isFailed is not { } isFailed || isFailed == executed.Receipt.IsFailed)
            && (_signature is null || _signature == transaction.Signature.ToString())
            && (_include.Length == 0 || _include.Any(transaction.Names))
            && !_exclude.Any(transaction.Names)
            && _required.All(transaction.Names);
    }
}
