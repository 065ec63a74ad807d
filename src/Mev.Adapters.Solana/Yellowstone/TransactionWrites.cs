using System.Threading.Channels;
using Mev.Adapters.Solana.Yellowstone.Wire;
using Mev.Domain.Chain;
using SlotStatus = Mev.Adapters.Solana.Yellowstone.Wire.SlotStatus;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>
/// Joins transactions with the account values that they left, which the stream tells apart, and tells them in order,
/// with a break wherever an earlier word does not hold any more. Used by the session alone.
/// </summary>
internal sealed class TransactionWrites(ChannelWriter<Observation> told, YellowstoneCounts counts)
{
    /// <summary>Writes that wait for their transaction at most; beyond, all of them count as lost.</summary>
    public const int WaitingMax = 65_536;

    /// <summary>
    /// Bytes of account data that wait with them at most, for an account has up to 10 MiB; beyond, the same.
    /// </summary>
    public const long WaitingBytesMax = 256L << 20;

    private readonly Dictionary<TransactionSignature, List<AccountWrite>> _waiting = [];
    private Slot _newest; // of what was told
    private int _count;
    private long _bytes;
    private bool _isTorn; // something could not be told: whoever reads on has to know

    /// <summary>Takes a live write.</summary>
    public void Take(in AccountWrite write)
    {
        if (write.IsStartup || write.Key == Programs.ClockSysvar) return;
        if (!write.HasTransaction)
        {
            Tell(ObservedTransaction.Unexplained(TransactionSignature.None, write.Slot, [write]));
            return;
        }
        if (_count >= WaitingMax || _bytes + write.Data.Length > WaitingBytesMax)
        {
            counts.WritesForgotten += _count;
            Break();
        }
        if (!_waiting.TryGetValue(write.Transaction, out var writes)) _waiting.Add(write.Transaction, writes = []);
        writes.Add(write);
        _count++;
        _bytes += write.Data.Length;
    }

    /// <summary>Takes a transaction: it is told with the writes that came before it.</summary>
    public void Take(ObservedTransaction transaction)
    {
        if (!_waiting.Remove(transaction.Signature, out var writes)) writes = [];
        Left(writes);
        Tell(transaction with { Writes = [.. writes.OrderBy(write => write.WriteVersion)] });
    }

    /// <summary>
    /// Takes a step of a slot: one given up, or one that follows on an older slot than the newest told, breaks; one
    /// that is processed leaves no transaction to come.
    /// </summary>
    public void Take(SubscribeUpdateSlot step)
    {
        var (slot, parent) = (new Slot(step.Slot), new Slot(step.Parent));
        if (step.Status == SlotStatus.SlotDead) Break(slot);
        else if (step.HasParent && slot > _newest && parent < _newest) Break(parent.Plus(1));
        if (step.Status != SlotStatus.SlotProcessed) return;
        var left = _waiting.Where(entry => entry.Value[0].Slot <= slot)
            .OrderBy(entry => entry.Value[0].Slot).ThenBy(entry => entry.Value[0].WriteVersion).ToList();
        foreach (var (signature, writes) in left)
        {
            _waiting.Remove(signature);
            Left(writes);
            Tell(ObservedTransaction.Unexplained(signature, writes[0].Slot, [.. writes]));
        }
    }

    /// <summary>The connection broke, or is another one.</summary>
    public void Break() => Break(default);

    private void Break(Slot from)
    {
        foreach (var (signature, writes) in _waiting.Where(entry => entry.Value[0].Slot >= from).ToList())
        {
            _waiting.Remove(signature);
            Left(writes);
        }
        if (_newest < from) return; // nothing was told of it
        _newest = from.Value == 0 ? default : new Slot(from.Value - 1);
        _isTorn |= !told.TryWrite(new ObservedBreak(from));
    }

    private void Left(List<AccountWrite> writes)
    {
        _count -= writes.Count;
        _bytes -= writes.Sum(write => (long)write.Data.Length);
    }

    private void Tell(ObservedTransaction transaction)
    {
        if (_isTorn) _isTorn = !told.TryWrite(new ObservedBreak(default));
        if (!_isTorn && told.TryWrite(transaction))
        {
            if (transaction.Slot > _newest) _newest = transaction.Slot;
            return;
        }
        counts.TransactionsForgotten++;
        _isTorn = true;
    }
}
