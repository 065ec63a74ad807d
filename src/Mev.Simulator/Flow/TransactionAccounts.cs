using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Simulator.Flow;

/// <summary>
/// The accounts of a transaction with one signer, in the order of a message: the payer, the other writable ones, the
/// read-only ones, each in the order of its first appearance.
/// </summary>
internal sealed class TransactionAccounts
{
    private readonly List<Pubkey> _order;
    private readonly HashSet<Pubkey> _writable;

    public TransactionAccounts(Pubkey payer) => (_order, _writable) = ([payer], [payer]);

    /// <summary>The accounts.</summary>
    public ImmutableArray<Pubkey> All =>
        [.. _order.Where(_writable.Contains), .. _order.Where(key => !_writable.Contains(key))];

    /// <summary>How many of them are read-only.</summary>
    public int ReadOnly => _order.Count - _writable.Count;

    /// <summary>An instruction names an account.</summary>
    public void Add(Pubkey key, bool isWritable)
    {
        if (!_order.Contains(key)) _order.Add(key);
        if (isWritable) _writable.Add(key);
    }
}
