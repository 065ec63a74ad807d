using Microsoft.Extensions.Options;

namespace Mev.DevHost.Configuration;

/// <summary>A feed that is read from files has them: seen before any other file is made.</summary>
internal sealed class RecordingRule : IValidateOptions<FeedOptions>
{
    public ValidateOptionsResult Validate(string? name, FeedOptions options)
    {
        // Auto looks whether the usual recording is there; one that somebody names has to be.
        var isNamed = options.Source == FeedSource.Auto && options.RecordingPath != new FeedOptions().RecordingPath;
        var isOfFiles = isNamed || options.Source is FeedSource.Recording or FeedSource.Day or FeedSource.Snapshot;
        return isOfFiles && !Path.Exists(options.RecordingPath)
            ? ValidateOptionsResult.Fail(
                $"Feed:RecordingPath '{options.RecordingPath}' is not there, and Feed:Source {options.Source} reads "
                + "it; allowed: a file or folder that is there")
            : ValidateOptionsResult.Success;
    }
}
