using System.Globalization;
using Mev.Domain.Bundles;

namespace Mev.Adapters.Jito.Landing;

/// <summary>What the text of a failed simulation says by itself, before anybody values the chance.</summary>
internal static class SimulationText
{
    private const string TableMissing = "address table"; // in each of the runtime's texts on lookup tables
    private const string OfInstruction = "Error processing Instruction";
    private const string OfProgram = "custom program error: 0x";

    /// <summary>
    /// TableChanged; Bug where a program or the runtime refused accounts or form, which no move of the market explains;
    /// else Unobserved.
    /// </summary>
    public static OutcomeCause CauseOf(string text)
    {
        if (Has(text, TableMissing)) return OutcomeCause.TableChanged;
        var at = text.IndexOf(OfProgram, StringComparison.OrdinalIgnoreCase);
        if (at >= 0) return IsOfForm(CodeAt(text.AsSpan(at + OfProgram.Length))) ? OutcomeCause.Bug : default;
        return Has(text, OfInstruction) && !IsOfState(text) ? OutcomeCause.Bug : OutcomeCause.Unobserved;
    }

    /// <summary>
    /// Anchor's own numbers (its <c>ErrorCode</c>, the same for every program): instruction, constraints and accounts.
    /// Not requirements (2500 on), which pools have, nor 3005, too few accounts: the price left the arrays passed.
    /// </summary>
    private static bool IsOfForm(uint code) => code is (>= 100 and < 200) or (>= 2_000 and < 2_500)
        or (>= 3_000 and < 4_000 and not 3_005) or 4_100;

    /// <summary>More swaps through more ticks than were asked for, or a panic of the program's arithmetic.</summary>
    private static bool IsOfState(string text)
    {
        var letters = text.Replace(" ", "", StringComparison.Ordinal); // the runtime's name, or its sentence
        return Has(letters, "ComputationalBudgetExceeded") || Has(letters, "FailedToComplete");
    }

    private static uint CodeAt(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && char.IsAsciiHexDigit(text[length])) length++;
        return uint.TryParse(text[..length], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            ? code
            : 0;
    }

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
