namespace Mev.Adapters.Solana.Signing.Rules;

/// <summary>
/// Rule 7: every program invoked is on the policy's list. The tip payment program and the vote program never are: even
/// a list that names them changes nothing, since <see cref="ShapeRule"/> refuses whatever touches them.
/// </summary>
internal static class ProgramsRule
{
    /// <summary>Why it refuses; none when it does not.</summary>
    public static string? Refusal(DecodedBundle bundle)
    {
        foreach (var transaction in bundle.Transactions)
        {
            foreach (var instruction in transaction.Instructions)
            {
                if (!bundle.Request.Policy.Programs.Contains(instruction.Program))
                    return $"transaction {transaction.Place} invokes a program that is not on the list";
            }
        }
        return null;
    }
}
