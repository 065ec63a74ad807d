using Orleans.Serialization;
using Orleans.Storage;

namespace Mev.Adapters.Tests.Streams;

/// <summary>A silo's storage over the states that all of them share.</summary>
internal sealed class SharedStorage(GrainStates states, Serializer serializer) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (states.TryGetValue((stateName, grainId), out var found))
        {
            grainState.State = serializer.Deserialize<T>(found.Bytes);
            (grainState.RecordExists, grainState.ETag) = (true, found.ETag);
        }
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var written = (serializer.SerializeToArray(grainState.State), $"{Guid.CreateVersion7()}");
        states.AddOrUpdate(
            (stateName, grainId), written,
            (_, old) => old.ETag == grainState.ETag
                ? written
                : throw new InconsistentStateException("written by another", old.ETag, grainState.ETag));
        (grainState.RecordExists, grainState.ETag) = (true, written.Item2);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        states.TryRemove((stateName, grainId), out _);
        (grainState.RecordExists, grainState.ETag) = (false, null);
        return Task.CompletedTask;
    }
}
