using System.Globalization;
using Mev.Domain.Bundles;
using Mev.Domain.Learning;

namespace Mev.Domain.Evaluation;

/// <summary>
/// What might have been done with the chances of recorded decisions: on each of them a probability for each arm.
/// </summary>
public sealed class TargetPolicy
{
    /// <summary>The names that there are, for people.</summary>
    public const string Names =
        "recorded, sampler, greedy, uniform, fixed-SHARE-ROUTE (fixed-0.75-fast), bonus-BONUS (bonus-0.5)";

    private const double BasisPoints = 10_000.0;

    private readonly Form _form;
    private readonly double _number; // share or bonus
    private readonly Route _route;

    private TargetPolicy(string name, Form form, double number = 0.0, Route route = Route.Unknown) =>
        (Name, _form, _number, _route) = (name, form, number, route);

    private enum Form : byte
    {
        Recorded,
        Sampler,
        Greedy,
        Uniform,
        Fixed,
        Bonus,
    }

    /// <summary>As it was asked for.</summary>
    public string Name { get; }

    /// <summary>Whether its probabilities are the recorded belief's draws': more make them more exact.</summary>
    internal bool IsDrawn => _form is Form.Recorded or Form.Sampler;

    /// <summary>Whether it knows what to do with that sampler's belief: a bonus is of factored ones alone.</summary>
    public bool IsOf(SamplerKind kind) => _form != Form.Bonus || kind.UsesSurroundings();

    /// <summary>The policy of a name; null when there is none.</summary>
    public static TargetPolicy? TryParse(string name)
    {
        var parts = name.Split('-');
        return (parts[0], parts.Length) switch
        {
            ("recorded", 1) => new TargetPolicy(name, Form.Recorded),
            ("sampler", 1) => new TargetPolicy(name, Form.Sampler),
            ("greedy", 1) => new TargetPolicy(name, Form.Greedy),
            ("uniform", 1) => new TargetPolicy(name, Form.Uniform),
            ("fixed", 3) when Number(parts[1]) is > 0.0 and < 1.0 and var share && RouteOf(parts[2]) is { } route =>
                new TargetPolicy(name, Form.Fixed, share, route),
            ("bonus", 2) when Number(parts[1]) is >= 0.0 and <= FactoredSampler.BonusMax and var bonus =>
                new TargetPolicy(name, Form.Bonus, bonus),
            _ => null,
        };
    }

    /// <summary>The probabilities of the arms on one chance; of a skip behind them.</summary>
    internal double[] Weigh(in Look look)
    {
        var weights = new double[look.Sampler.Arms.Length + 1];
        switch (_form)
        {
            case Form.Recorded:
                for (var arm = 0; arm < weights.Length; arm++) weights[arm] = look.PropensityOf(arm);
                break;
            case Form.Sampler:
                for (var arm = 0; arm < weights.Length; arm++) weights[arm] = look.Drawn.ShareOf(arm);
                break;
            case Form.Greedy:
                weights[BestOf(look)] = 1.0;
                break;
            case Form.Uniform:
                for (var arm = 0; arm < weights.Length - 1; arm++)
                    if (look.IsCandidate(arm)) weights[arm] = 1.0 / look.Candidates;
                if (look.Candidates == 0) weights[^1] = 1.0;
                break;
            case Form.Fixed:
                var nearest = NearestOf(look.Sampler);
                weights[look.IsCandidate(nearest) ? nearest : weights.Length - 1] = 1.0;
                break;
            case Form.Bonus when look.Sampler is FactoredSampler factored:
                var drawn = DrawnArms.Of(factored.WithBonus(_number), look.Context, look.Stream, look.Redraws);
                for (var arm = 0; arm < weights.Length; arm++) weights[arm] = drawn.ShareOf(arm);
                break;
            default:
                throw new InvalidOperationException($"{Name} is no policy of {look.Sampler.Kind}");
        }
        return weights;
    }

    /// <summary>The arm that the belief's means expect most of; the place of skips where that is nothing.</summary>
    private static int BestOf(in Look look)
    {
        var (best, most) = (look.Expected.Length, 0.0);
        for (var arm = 0; arm < look.Expected.Length; arm++)
        {
            if (!look.IsCandidate(arm) || look.Expected[arm].Profit <= most) continue;
            (best, most) = (arm, look.Expected[arm].Profit);
        }
        return best;
    }

    private int NearestOf(ISampler sampler)
    {
        var (nearest, least) = (0, double.PositiveInfinity);
        for (var index = 0; index < sampler.Arms.Length; index++)
        {
            var arm = sampler.Arms[index];
            var distance = Math.Abs(arm.TipBasisPoints - _number * BasisPoints);
            if (arm.Route == _route && distance < least) (nearest, least) = (index, distance);
        }
        return nearest;
    }

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : double.NaN;

    private static Route? RouteOf(string text) => text switch
    {
        "standard" => Route.Standard,
        "fast" => Route.Fast,
        _ => null,
    };
}
