using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>
/// The last live write before a break. Where the server sends it again as it was, it is the same node, whose write
/// versions go on; another node's do not compare, so the pools have to be read anew.
/// </summary>
internal sealed class ReplayAnchor
{
    private AccountWrite _last;
    private bool _isSought;

    /// <summary>There is a write to be recognised by.</summary>
    public bool Exists => _last.Slot.Value > 0;

    /// <summary>The replay has not come to it so far.</summary>
    public bool IsSought => _isSought;

    /// <summary>A connection begins that sends again what came before.</summary>
    public void Seek() => _isSought = true;

    /// <summary>A connection begins anew: nothing before it counts.</summary>
    public void Forget() => (_last, _isSought) = (default, false);

    /// <summary>Takes a live write; false when it shows that the node is another one.</summary>
    public bool Take(in AccountWrite write)
    {
        if (write.IsStartup || !write.HasTransaction) return true;
        if (!_isSought)
        {
            _last = write with { Data = default };
            return true;
        }
        if (write.Key != _last.Key || write.Slot != _last.Slot || !_last.IsOf(write.Transaction)) return true;
        // One transaction may write an account more than once in a stream that tells of each: the last one counts.
        _isSought = write.WriteVersion < _last.WriteVersion;
        return write.WriteVersion <= _last.WriteVersion;
    }

    /// <summary>The replay has reached the end of a slot; false when the write should have come before.</summary>
    public bool TakeEndOf(Slot slot) => !_isSought || slot < _last.Slot;
}
