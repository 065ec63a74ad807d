using Mev.Grains.Learning;
using Microsoft.Extensions.Options;

namespace Mev.DevHost;

/// <summary>A model that the gates refused is tried on paper, and nowhere else.</summary>
internal sealed class RefusedModelRule(IOptions<ExecutionOptions> execution) : IValidateOptions<ModelOptions>
{
    public ValidateOptionsResult Validate(string? name, ModelOptions options) =>
        options.AllowRefused && execution.Value.Mode != ExecutionMode.Paper
            ? ValidateOptionsResult.Fail(
                $"Model:AllowRefused is for trials in Execution:Mode Paper, and the mode is {execution.Value.Mode}: "
                + "leave it out, and Model:Path takes a model that passed the gates")
            : ValidateOptionsResult.Success;
}
