using Mev.Domain.Chain;
using Mev.Grains.Abstractions.Learning;
using Microsoft.Extensions.Options;

namespace Mev.Grains.Learning;

/// <summary>Puts the model in force before anything is decided: the configured one, or the one that was.</summary>
internal sealed class ModelStart(IGrainFactory grains, IOptions<ModelOptions> options)
{
    /// <summary>Done once it is in force in this silo; asked again it changes nothing.</summary>
    public async Task<ModelView> Begin()
    {
        var grain = grains.GetGrain<IModelGrain>(ModelKeys.Offset);
        var view = await grain.Current();
        if (options.Value.Path is not { Length: > 0 } path) return view;
        var file = await File.ReadAllBytesAsync(path);
        if (Digest.Of(file) == view.Current) return view;
        return await grain.Swap([.. file], view.Current, $"configured: {path}");
    }
}
