using Mev.Control.Commands;
using Mev.Grains.Abstractions.Commands;

namespace Mev.Grains.Commands;

/// <summary>A command is not carried out: the code of the refusal, and what is wrong in words.</summary>
public sealed class CommandRefusedException : Exception
{
    /// <summary>For serialisers.</summary>
    public CommandRefusedException()
        : this(CommandRefusal.CommandInvalid, "refused")
    {
    }

    /// <summary>For serialisers.</summary>
    public CommandRefusedException(string message)
        : this(CommandRefusal.CommandInvalid, message)
    {
    }

    /// <summary>For serialisers.</summary>
    public CommandRefusedException(string message, Exception innerException)
        : base(message, innerException) => Refusal = CommandRefusal.CommandInvalid;

    /// <summary>With its code and words.</summary>
    public CommandRefusedException(CommandRefusal refusal, string detail)
        : base(detail) => Refusal = refusal;

    /// <summary>The code.</summary>
    public CommandRefusal Refusal { get; }

    /// <summary>An order for somebody else.</summary>
    public static CommandRefusedException Stranger(AuthorisedCommand command) =>
        new(CommandRefusal.CommandInvalid, $"command {command.CommandId} is not for this grain");

    /// <summary>The refusal as an owner's answer.</summary>
    internal EffectAnswer ToAnswer(ulong version) =>
        new() { Status = Refusal.Status, Code = Refusal.Code, Detail = Message, Version = version };
}
