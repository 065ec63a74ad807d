namespace Mev.Simulator.Chain;

/// <summary>How an instruction failed; the numbers are those of the runtime's own enumeration.</summary>
internal enum InstructionFailure : uint
{
    Unknown = 0,

    /// <summary>An argument or a state that the program does not take.</summary>
    InvalidArgument = 1,

    /// <summary>Data that the program does not know.</summary>
    InvalidInstructionData = 2,

    /// <summary>An account that is not what the program takes.</summary>
    InvalidAccountData = 3,

    /// <summary>Less than rent asks for.</summary>
    InsufficientFunds = 5,

    /// <summary>A signature is missing.</summary>
    MissingRequiredSignature = 7,

    /// <summary>An account would change that is passed read-only.</summary>
    ReadonlyDataModified = 15,

    /// <summary>The program's own number.</summary>
    Custom = 25,

    /// <summary>A program that is not on this chain.</summary>
    UnsupportedProgramId = 30,

    /// <summary>An account that does not exist.</summary>
    MissingAccount = 32,

    /// <summary>More compute units than asked for.</summary>
    ComputationalBudgetExceeded = 37,

    /// <summary>An account that nobody may change any more.</summary>
    Immutable = 42,

    /// <summary>Somebody else has the authority.</summary>
    IncorrectAuthority = 43,
}
