using Mev.Domain.Learning;

namespace Mev.Domain.Evaluation;

/// <summary>One recorded chance as a policy may look at it.</summary>
internal readonly struct Look
{
    private readonly bool[] _isCandidate;
    private readonly double _exploration;

    /// <summary>The chance as a policy sees it.</summary>
    /// <param name="decision">As it was recorded.</param>
    /// <param name="sampler">The belief of then.</param>
    /// <param name="redraws">Repetitions of a draw.</param>
    /// <param name="isDrawn">Somebody asks how often its arms were best; otherwise its own draw is enough.</param>
    public Look(LoggedDecision decision, ISampler sampler, int redraws, bool isDrawn = true)
    {
        (Sampler, Context, Stream, Redraws) = (sampler, decision.Context, decision.Draws, redraws);
        _exploration = decision.Exploration;
        _isCandidate = new bool[sampler.Arms.Length];
        for (var arm = 0; arm < _isCandidate.Length; arm++)
        {
            var tip = sampler.Arms[arm].TipOn(decision.Context.Value);
            _isCandidate[arm] = TipRange.ExclusionOf(decision.Context, tip) == ArmExclusion.None;
            if (_isCandidate[arm]) Candidates++;
        }
        Expected = new ArmExpectation[sampler.Arms.Length];
        sampler.Expect(decision.Context, Expected);
        Drawn = DrawnArms.Of(sampler, decision.Context, decision.Draws, isDrawn ? redraws : 0);
    }

    public ISampler Sampler { get; }

    public ChoiceContext Context { get; }

    public DrawStream Stream { get; }

    public int Redraws { get; }

    /// <summary>Arms whose tip is allowed.</summary>
    public int Candidates { get; }

    /// <summary>What the belief's means expect, by arm.</summary>
    public ArmExpectation[] Expected { get; }

    public DrawnArms Drawn { get; }

    public bool IsCandidate(int arm) => _isCandidate[arm];

    /// <summary>Probability with which the arm was played; of a skip at the index behind the last arm.</summary>
    public double PropensityOf(int arm)
    {
        var drawn = Drawn.ShareOf(arm);
        if (arm == _isCandidate.Length) return Propensity.OfSkip(_exploration, drawn);
        return _isCandidate[arm] ? Propensity.OfArm(_exploration, Candidates, drawn) : 0.0;
    }
}
