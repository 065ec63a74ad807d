namespace Mev.Domain.Learning;

/// <summary>One decision's evidence as a posterior takes it; that it comes once is the caller's duty.</summary>
public readonly record struct LearningEvent
{
    /// <summary>What happened.</summary>
    public required LearningEventKind Kind { get; init; }

    /// <summary>Index of the arm that was played; -1 when none was (<see cref="LearningEventKind.Skipped"/>).</summary>
    public required int Arm { get; init; }

    /// <summary>What the decision knew, as its record has it.</summary>
    public required ChoiceContext Context { get; init; }

    /// <summary>Time of the event in milliseconds, by the same clock for all events of a posterior.</summary>
    public required long AtMs { get; init; }

    /// <summary>The winner's bid in our tip units over the estimated profit; null when no winner was seen.</summary>
    public double? WinnerFraction { get; init; }

    /// <summary>ln(realised over estimated profit) of a landing; null when not known.</summary>
    public double? LnValueRatio { get; init; }
}
