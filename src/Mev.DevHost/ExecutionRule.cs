using Microsoft.Extensions.Options;

namespace Mev.DevHost;

/// <summary>
/// What must be said before anything is signed: Live starts only with a confirmation, key files and limits, and names
/// each that is missing; a mode that sends lives from a live feed.
/// </summary>
internal sealed class ExecutionRule(IOptions<FeedOptions> feed) : IValidateOptions<ExecutionOptions>
{
    public ValidateOptionsResult Validate(string? name, ExecutionOptions options)
    {
        List<string> missing = [.. options.IsSigning ? Sending() : [], .. Live(options)];
        return missing.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(missing);
    }

    private IEnumerable<string> Sending()
    {
        if (feed.Value.Source != FeedSource.Yellowstone)
            yield return "Execution:Mode signs and sends: it needs Feed:Source Yellowstone, a chain that goes on";
    }

    private static IEnumerable<string> Live(ExecutionOptions options)
    {
        if (options.Mode != ExecutionMode.Live) yield break;
        if (options.Confirmation != ExecutionOptions.LiveConfirmation)
            yield return $"Execution:Confirmation must be '{ExecutionOptions.LiveConfirmation}' in the mode Live";
        if (options.KeyPaths.Count == 0)
            yield return "Execution:KeyPaths names no key file, and Live signs with none other";
        if (options.AmountInMaxLamports == 0)
            yield return "Execution:AmountInMaxLamports is not set: say how much a cycle may put in";
        if (options.DailyCostMaxLamports == 0)
            yield return "Execution:DailyCostMaxLamports is not set: say what tips and fees a day may cost";
        if (options.TipMaxLamports == 0)
            yield return "Execution:TipMaxLamports is not set: say how large a tip may be";
    }
}
