namespace Mev.Adapters.Tests.Storage;

[GrainType("count")]
internal sealed class CountGrain([PersistentState("count")] IPersistentState<CountState> state) : Grain, ICountGrain
{
    public async ValueTask<long> Add(long number)
    {
        state.State = state.State with { Count = state.State.Count + number };
        await state.WriteStateAsync();
        return state.State.Count;
    }

    public async ValueTask Clear() => await state.ClearStateAsync();

    public ValueTask<long> Count() => ValueTask.FromResult(state.State.Count);
}
