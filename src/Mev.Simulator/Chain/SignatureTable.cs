using Mev.Domain.Chain;

namespace Mev.Simulator.Chain;

/// <summary>Which slot executed which transaction, for the slots that are held.</summary>
internal sealed class SignatureTable
{
    private readonly Dictionary<TransactionSignature, (Slot Slot, ChainError? Error)> _bySignature = [];
    private readonly SortedDictionary<ulong, List<TransactionSignature>> _bySlot = [];

    /// <summary>Where a transaction was executed; null for one that is not known.</summary>
    public (Slot Slot, ChainError? Error)? Find(TransactionSignature signature) =>
        _bySignature.TryGetValue(signature, out var found) ? found : null;

    /// <summary>A transaction was executed.</summary>
    public void Add(TransactionSignature signature, Slot slot, ChainError? error)
    {
        _bySignature[signature] = (slot, error);
        if (!_bySlot.TryGetValue(slot.Value, out var signatures)) _bySlot.Add(slot.Value, signatures = []);
        signatures.Add(signature);
    }

    /// <summary>A slot was given up: its transactions never were.</summary>
    public void Undo(Slot slot)
    {
        if (!_bySlot.Remove(slot.Value, out var signatures)) return;
        foreach (var signature in signatures) _bySignature.Remove(signature);
    }

    /// <summary>Lets go of the slots before one.</summary>
    public void Forget(Slot before)
    {
        foreach (var slot in _bySlot.Keys.TakeWhile(slot => slot < before.Value).ToList()) Undo(new Slot(slot));
    }
}
