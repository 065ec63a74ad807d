namespace Mev.Domain.Signing;

/// <summary>In which role somebody approved an order of the treasury. The numbers are recorded.</summary>
public enum TreasuryRole
{
    /// <summary>In none.</summary>
    Unknown = 0,

    /// <summary>Operator.</summary>
    Operator = 1,

    /// <summary>Risk officer.</summary>
    Risk = 2,

    /// <summary>Administrator.</summary>
    Admin = 3,
}
