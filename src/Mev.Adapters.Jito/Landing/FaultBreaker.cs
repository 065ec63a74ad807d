using Mev.Domain.Bundles;

namespace Mev.Adapters.Jito.Landing;

/// <summary>
/// Ends sending when faults of ours repeat: outcomes that only a fault explains, and broken invariants. A bid that lost
/// is no fault, however often; but where nearly all lose, what is decided on may be old, and an alert says so. Open, it
/// stays so until somebody who stopped trading elsewhere closes it. From any thread.
/// </summary>
internal sealed class FaultBreaker(JitoOptions options, JitoAlerts alerts)
{
    /// <summary>The newest outcomes count.</summary>
    public const int OutcomesMax = 200;

    private const int LossPercentMax = 90;

    private readonly Lock _lock = new();
    private readonly Queue<(bool IsFault, bool IsLoss)> _newest = new();
    private int _faults;
    private int _losses;
    private bool _isAlerted;
    private volatile string? _why;

    /// <summary>Why nothing is sent; null while it is closed.</summary>
    public string? Why => _why;

    /// <summary>Takes an outcome.</summary>
    /// <param name="isFault">It speaks of a fault of ours, see <see cref="LandingVerdict.IsOwnFault"/>.</param>
    /// <param name="cause">Why it came about.</param>
    /// <param name="about">Which one.</param>
    public void Take(bool isFault, OutcomeCause cause, string about)
    {
        var isLoss = cause is OutcomeCause.Outbid or OutcomeCause.Late or OutcomeCause.ValueGuard;
        Take(isFault, isLoss, $"{cause}: {about}");
    }

    /// <summary>Takes a broken invariant.</summary>
    public void TakeFault(string about) => Take(isFault: true, isLoss: false, about);

    /// <summary>
    /// Sending may go on: trading was stopped by other means, or an operator resumed it. Counts begin anew.
    /// </summary>
    public void Close()
    {
        lock (_lock)
        {
            _newest.Clear();
            (_faults, _losses, _isAlerted, _why) = (0, 0, false, null);
        }
    }

    private void Take(bool isFault, bool isLoss, string about)
    {
        lock (_lock)
        {
            Count((isFault, isLoss), 1);
            _newest.Enqueue((isFault, isLoss));
            if (_newest.Count > OutcomesMax) Count(_newest.Dequeue(), -1);
            if (isFault && _why is null && _faults >= options.FaultsMax)
            {
                _why = $"{_faults} faults among {_newest.Count} outcomes, the last: {about}";
                alerts.Raise(JitoAlert.BreakerOpen, _why);
            }
            var isSuspect = _newest.Count == OutcomesMax && _losses * 100 > OutcomesMax * LossPercentMax;
            if (isSuspect && !_isAlerted)
                alerts.Raise(JitoAlert.StaleDataSuspected, $"{_losses} of {OutcomesMax} bids lost");
            _isAlerted = isSuspect;
        }
    }

    private void Count((bool IsFault, bool IsLoss) outcome, int change)
    {
        if (outcome.IsFault) _faults += change;
        if (outcome.IsLoss) _losses += change;
    }
}
