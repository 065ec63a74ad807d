using System.Diagnostics.CodeAnalysis;

namespace Mev.Control.Commands;

/// <summary>A verified command, or why there is none.</summary>
public sealed record CommandVerdict
{
    private CommandVerdict(VerifiedCommand? command, CommandRefusal? refusal) =>
        (Command, Refusal) = (command, refusal);

    /// <summary>The command; null when it is refused.</summary>
    public VerifiedCommand? Command { get; }

    /// <summary>Why it is refused; null when it is verified.</summary>
    public CommandRefusal? Refusal { get; }

    /// <summary>The signature holds. Whether it may be executed is another question.</summary>
    [MemberNotNullWhen(true, nameof(Command))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsVerified => Command is not null;

    internal static CommandVerdict Of(VerifiedCommand command) => new(command, null);

    internal static CommandVerdict Of(CommandRefusal refusal) => new(null, refusal);
}
