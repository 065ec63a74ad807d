using Mev.Domain.Chain;
using Mev.Grains.Abstractions.Learning;
using Mev.Journal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mev.Grains.Learning;

/// <summary>
/// Puts the model in force before anything is decided: the configured one, or what operators put in its place since it
/// was configured. What goes wrong with a file keeps nothing from starting: without a model everything works.
/// </summary>
internal sealed partial class ModelStart(
    IGrainFactory grains, IOptions<ModelOptions> options, ILogger<ModelStart> logger)
{
    /// <summary>Done once it is in force in this silo; asked again it changes nothing.</summary>
    public async Task<ModelView> Begin()
    {
        var grain = grains.GetGrain<IModelGrain>(ModelKeys.Offset);
        var view = await grain.Current();
        if (options.Value.Path is not { Length: > 0 } path) return view;
        try
        {
            var file = await File.ReadAllBytesAsync(path);
            var id = Digest.Of(file);
            if (id != view.Configured) return await grain.Swap([.. file], view.Current, $"configured: {path}");
            if (id != view.Current) LogLeft(path, $"{(view.Current is { } current ? current : "none")}");
        }
        catch (Exception failure) when (failure is not (JournalUnavailableException or TimeoutException))
        {
            LogNotTaken(path, failure.Message);
        }
        return view;
    }

    [LoggerMessage(1091, LogLevel.Warning, "Model:Path {Path} was in force and operators left it since: {Model} stays")]
    private partial void LogLeft(string path, string model);

    [LoggerMessage(1092, LogLevel.Error, "Model:Path {Path} is not put in force: {Problem}")]
    private partial void LogNotTaken(string path, string problem);
}
