using System.Collections.Immutable;

namespace Mev.Domain.Learning;

/// <summary>
/// Of how many recent losses the cause was seen. Losses that nobody sees would leave wins alone in the data, and a
/// learner that hears of wins only bids ever less; so it stops learning, wins too, while too few are seen.
/// </summary>
public sealed class EvidenceWindow
{
    /// <summary>Losses that count: the last 200.</summary>
    public const int LossesMax = 200;

    /// <summary>Losses before which nothing is judged.</summary>
    public const int LossesMin = 20;

    private const double AlertAbove = 0.2;
    private const double FreezeAbove = 0.4;

    private readonly bool[] _seen = new bool[LossesMax];
    private int _next;
    private int _unseen;

    /// <summary>No loss yet.</summary>
    public EvidenceWindow()
    {
    }

    /// <summary>A window as it stood.</summary>
    /// <param name="losses">Oldest first, 1 for a cause that was seen; the last 200 count.</param>
    public EvidenceWindow(ImmutableArray<byte> losses)
    {
        foreach (var loss in losses) Add(loss != 0);
    }

    /// <summary>Losses in the window, at most 200.</summary>
    public int LossesCount { get; private set; }

    /// <summary>Share of them without a cause, 0 to 1; 0 without a loss.</summary>
    public double UnseenShare => LossesCount == 0 ? 0.0 : _unseen / (double)LossesCount;

    /// <summary>More than a fifth is unseen: somebody should look.</summary>
    public bool IsAlert => LossesCount >= LossesMin && UnseenShare > AlertAbove;

    /// <summary>More than two fifths are unseen: nothing is learnt.</summary>
    public bool IsFrozen => LossesCount >= LossesMin && UnseenShare > FreezeAbove;

    /// <summary>The window, oldest loss first, 1 for a cause that was seen.</summary>
    public ImmutableArray<byte> Losses
    {
        get
        {
            var losses = ImmutableArray.CreateBuilder<byte>(LossesCount);
            for (var i = LossesCount; i > 0; i--)
                losses.Add(_seen[(_next + LossesMax - i) % LossesMax] ? (byte)1 : (byte)0);
            return losses.MoveToImmutable();
        }
    }

    /// <summary>A further loss; whether its cause was seen.</summary>
    public void Add(bool isSeen)
    {
        if (LossesCount < LossesMax) LossesCount++;
        else if (!_seen[_next]) _unseen--;
        _seen[_next] = isSeen;
        if (!isSeen) _unseen++;
        _next = (_next + 1) % LossesMax;
    }
}
