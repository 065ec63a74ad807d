namespace Mev.Control.Commands;

/// <summary>Who it takes for a command. The numbers are recorded: never renumbered.</summary>
public enum CommandClass
{
    /// <summary>Not said: nobody may.</summary>
    Unknown = 0,

    /// <summary>Opens what reads: sessions and tickets. Any role.</summary>
    Reading = 1,

    /// <summary>Grants a key for a session of one's own. Any role, by the long-term key.</summary>
    OwnSession = 2,

    /// <summary>Makes nothing riskier: pauses, tightens, stops, acknowledges. One operator, risk or admin.</summary>
    Tightening = 3,

    /// <summary>May make something riskier. An operator or risk proposes, another of role risk approves.</summary>
    Loosening = 4,

    /// <summary>Keys, roles, policy rules, wallets. Two admins.</summary>
    Administration = 5,

    /// <summary>Lets money out to an address that is not the platform's. One admin and one of role risk.</summary>
    OutsideAddress = 6,

    /// <summary>Proves that a new key is held. That key alone.</summary>
    Possession = 7,

    /// <summary>Proposes, approves or withdraws; who may depends on the proposed command.</summary>
    TwoPersons = 8,

    /// <summary>Starts a cluster. Two admins of the trust root.</summary>
    Genesis = 9,
}
