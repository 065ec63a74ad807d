using System.ComponentModel.DataAnnotations;

namespace Mev.DevHost;

/// <summary>Section <c>Execution</c>: what becomes of decisions.</summary>
public sealed class ExecutionOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Execution";

    /// <summary>
    /// Paper: submits are settled against the states that follow in the feed. Simulated and Live are not available
    /// yet and are refused. Default Paper.
    /// </summary>
    [AllowedValues(ExecutionMode.Paper, ErrorMessage = "Simulated and Live are not available yet")]
    public ExecutionMode Mode { get; init; } = ExecutionMode.Paper;
}
