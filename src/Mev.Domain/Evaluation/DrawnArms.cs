using Mev.Domain.Learning;

namespace Mev.Domain.Evaluation;

/// <summary>How often each arm was best in a decision's own draw and in repetitions with other numbers.</summary>
internal sealed class DrawnArms
{
    private readonly int[] _counts; // the last one of skips
    private readonly int _draws;

    private DrawnArms(int[] counts, int draws) => (_counts, _draws) = (counts, draws);

    /// <summary>Draws; the choice itself is the first of them.</summary>
    public static DrawnArms Of(ISampler sampler, in ChoiceContext context, in DrawStream stream, int redraws)
    {
        var counts = new int[sampler.Arms.Length + 1];
        for (var repetition = 0; repetition <= redraws; repetition++)
        {
            var best = sampler.Choose(context, stream with { Repetition = repetition }).Best.Arm;
            counts[best < 0 ? ^1 : best]++;
        }
        return new DrawnArms(counts, redraws + 1);
    }

    /// <summary>Share of the draws in which the arm was best; of skips at the index behind the last arm.</summary>
    public double ShareOf(int arm) => _counts[arm] / (double)_draws;
}
