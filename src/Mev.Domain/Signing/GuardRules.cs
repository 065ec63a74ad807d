namespace Mev.Domain.Signing;

/// <summary>How rules are named in records and to people.</summary>
public static class GuardRules
{
    /// <summary>The id of the rule in the specification.</summary>
    public static string Id(this GuardRule rule) => rule switch
    {
        GuardRule.Mixed => "mixed",
        GuardRule.OneForeign => "one-foreign",
        GuardRule.NoOwnBeforeForeign => "no-own-before-foreign",
        GuardRule.Cyclic => "cyclic",
        GuardRule.CrossBundle => "cross-bundle",
        GuardRule.DontFront => "dontfront",
        GuardRule.Programs => "programs",
        GuardRule.Tip => "tip",
        GuardRule.Limits => "limits",
        GuardRule.Stop => "stop",
        GuardRule.Intent => "intent",
        GuardRule.Shape => "shape",
        GuardRule.Network => "network",
        GuardRule.TreasuryForm => "treasury-form",
        GuardRule.TreasuryDestination => "treasury-destination",
        GuardRule.TreasuryCap => "treasury-cap",
        _ => "unknown",
    };
}
