using Mev.Domain.Opportunities;

namespace Mev.Benchmarks.Pipeline;

/// <summary>Tells the probe when a market shard has evaluated.</summary>
internal sealed class DrainFilter(LatencyProbe probe) : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (context.Result is OpportunityBatch drained) probe.Evaluated(drained.Cursor.Position);
    }
}
