using Mev.Benchmarks.Reports;
using Mev.Domain.Learning;
using Mev.Domain.Models;
using Mev.Training;

namespace Mev.Benchmarks.Models;

/// <summary>
/// What a decision's learning costs: the model for one row, beside the trainer's own library in the same run, the
/// sampler over all arms, and both together, call by call.
/// </summary>
internal sealed class ModelRun(Report report, bool isQuick)
{
    private const double DistanceMax = 1e-6;
    private const int ModelCalls = 200_000;
    private const double ThroughputSeconds = 3.0;

    private static readonly RandomKey Key = RandomKey.Of("bench", 1);

    private int DecisionCalls => isQuick ? 100_000 : 1_000_000;

    public void Run()
    {
        Report.Section("Model and sampler, one call at a time (100 trees of 15 leaves; a learnt belief, 94 arms)");
        var bed = ModelBed.Of(isQuick ? 6_000 : 12_000);
        Model(bed);
        Sampler(bed);
        Throughput(bed);
    }

    private unsafe void Model(ModelBed bed)
    {
        var (rows, columns) = (bed.Rows.Count, ModelRow.Names.Length);
        var table = GC.AllocateArray<float>(rows * columns, pinned: true);
        for (var place = 0; place < rows; place++)
            TreeGrower.FeaturesOf(bed.Rows[place]).CopyTo(table, place * columns);
        using var native = new LightGbmModel(bed.Model.Ensemble);
        fixed (float* first = table)
        {
            var start = first;
            var furthest = Enumerable.Range(0, rows).Max(place => Math.Abs(
                native.Prepared(start + place * columns) - Ours(bed, place)));
            if (!(furthest < DistanceMax))
                throw new InvalidOperationException($"the evaluator is {furthest} off LightGBM: figures mean nothing");
            var ours = CallTimes.Of(ModelCalls, call => Ours(bed, call % rows));
            var prepared = CallTimes.Of(ModelCalls, call => native.Prepared(start + call % rows * columns));
            var plain = CallTimes.Of(ModelCalls, call => native.Plain(start + call % rows * columns));
            report.Add(Figure.Of("model, one row P50", ours.P50, "us", $"features to lanes included, {ours}"));
            report.Add(Figure.Of("model, one row P99", ours.P99, "us"));
            report.Add(Figure.Of("model, one row garbage", ours.Bytes, "B"));
            report.Add(Figure.Of("LightGBM, one row P50", prepared.P50, "us", $"its prepared call, {prepared}"));
            report.Add(Figure.Of("LightGBM, one row unprepared P50", plain.P50, "us", $"{plain}"));
            report.Add(Figure.Of(
                "LightGBM over model", prepared.P50 / ours.P50, "x",
                FormattableString.Invariant($"medians; furthest apart {furthest:0.##e+0}")));
        }
    }

    private static double Ours(ModelBed bed, int place)
    {
        var row = bed.Rows[place];
        return bed.Model.Ensemble.Evaluate(ModelRow.Of(row.Event.Context.Features, row.SlotPosition));
    }

    private void Sampler(ModelBed bed)
    {
        var alone = CallTimes.Of(DecisionCalls, call => bed.Sampler.Choose(
            bed.Rows[call % bed.Rows.Count].Event.Context, new DrawStream(Key, (ulong)call)).Best.Score);
        report.Add(Figure.Of("factored sampler P50", alone.P50, "us", $"{alone}"));
        report.Add(Figure.Of("factored sampler P99", alone.P99, "us"));
        var whole = CallTimes.Of(DecisionCalls, call => Decide(bed, call));
        report.Add(Figure.Of(
            "decision with model P50", whole.P50, "us",
            FormattableString.Invariant($"features, model and choice, {DecisionCalls:#,0} calls, {whole}")));
        report.Add(Figure.Of("decision with model P99", whole.P99, "us"));
        report.Add(Figure.Of("decision with model garbage", whole.Bytes, "B"));
    }

    /// <summary>From what is known of the market to the chosen arm, as the decision kernel does it.</summary>
    private static double Decide(ModelBed bed, int call)
    {
        var row = bed.Rows[call % bed.Rows.Count];
        var context = row.Event.Context;
        var surroundings = new Surroundings
        {
            Congestion = context.Features.Congestion,
            IsYoung = context.Features.Youth > 0.0,
            SlotPosition = row.SlotPosition,
            PoolFraction = 0.5,
            MarketFraction = 0.5,
        }.With(bed.Model, context.Value);
        var known = context with
        {
            Features = surroundings.FeaturesOf(context.Value),
            SurvivalBin = surroundings.SurvivalBin,
            Offset = surroundings.Offset,
        };
        return bed.Sampler.Choose(known, new DrawStream(Key, (ulong)call)).Best.Score;
    }

    private void Throughput(ModelBed bed)
    {
        var threads = Math.Min(2, Environment.ProcessorCount);
        var counts = new long[threads];
        var time = TimeProvider.System;
        var from = time.GetTimestamp();
        var workers = Enumerable.Range(0, threads).Select(number => new Thread(() =>
        {
            var (sum, count) = (0.0, 0);
            while (time.GetElapsedTime(from).TotalSeconds < ThroughputSeconds)
            {
                for (var i = 0; i < 64; i++) sum += Decide(bed, count++);
            }
            GC.KeepAlive(sum);
            counts[number] = count;
        })).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        report.Add(Figure.Of(
            "sampled decisions", counts.Sum() / time.GetElapsedTime(from).TotalSeconds, "/s",
            $"with model, {threads} threads"));
    }
}
