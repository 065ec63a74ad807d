namespace Mev.Journal;

/// <summary>What a record of the audit topic is. The numbers are stored: never renumbered.</summary>
public enum RecordType : byte
{
    /// <summary>Not an audit record (a blob, for instance).</summary>
    Unknown = 0,

    /// <summary>A decision to submit, with its complete DNA and message.</summary>
    Intent = 1,

    /// <summary>A decision not to submit, compact.</summary>
    Skip = 2,

    /// <summary>A decision that a limit or rule refused.</summary>
    Block = 3,

    /// <summary>An attempt to submit an intent's bytes.</summary>
    Attempt = 4,

    /// <summary>What became of a bundle.</summary>
    Outcome = 5,

    /// <summary>A posterior after outcomes were applied.</summary>
    PosteriorUpdate = 6,

    /// <summary>An operator's command.</summary>
    Command = 7,

    /// <summary>A command's result.</summary>
    CommandOutcome = 8,

    /// <summary>A command that was refused.</summary>
    RefusedCommand = 9,

    /// <summary>A change in the key registry.</summary>
    KeyChange = 10,

    /// <summary>A change of limits or permissions.</summary>
    PolicyChange = 11,

    /// <summary>A stop or a resume.</summary>
    Stop = 12,

    /// <summary>A writer began or ended.</summary>
    Writer = 13,

    /// <summary>A signed checkpoint, in its topic beside the audit's.</summary>
    Checkpoint = 14,

    /// <summary>The signer refused to sign.</summary>
    SigningRefusal = 15,

    /// <summary>An order of the treasury, with its message.</summary>
    TreasuryIntent = 16,

    /// <summary>A change of what a strategy learns: a reset, another prior, a freeze or its end.</summary>
    LearningChange = 17,

    /// <summary>Who took a chance that a strategy let pass.</summary>
    TakenChance = 18,

    /// <summary>An attempt to send an order of the treasury.</summary>
    TreasuryAttempt = 19,

    /// <summary>What became of an order of the treasury.</summary>
    TreasuryOutcome = 20,

    /// <summary>What a command did to a proposal of two persons.</summary>
    ProposalChange = 21,

    /// <summary>How the cluster began.</summary>
    Genesis = 22,

    /// <summary>Another model is in force, or none.</summary>
    ModelChange = 23,
}
