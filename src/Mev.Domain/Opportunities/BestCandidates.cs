namespace Mev.Domain.Opportunities;

/// <summary>
/// The most profitable of the candidates offered, at most <see cref="OpportunityBatch.BestMax"/>, in falling order.
/// </summary>
internal sealed class BestCandidates
{
    private const int CountMax = OpportunityBatch.BestMax;

    private readonly SizedCandidate[] _best = new SizedCandidate[CountMax];
    private int _count;

    public ReadOnlySpan<SizedCandidate> Best => _best.AsSpan(0, _count);

    public void Clear() => _count = 0;

    public void Offer(in SizedCandidate candidate)
    {
        if (_count == CountMax && candidate.Profit <= _best[CountMax - 1].Profit) return;
        if (_count < CountMax) _count++;
        var place = _count - 1;
        for (; place > 0 && _best[place - 1].Profit < candidate.Profit; place--) _best[place] = _best[place - 1];
        _best[place] = candidate;
    }
}
