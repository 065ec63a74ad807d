using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Mev.Cli;

/// <summary>Options that hold a number, and that say so in words when they do not.</summary>
internal static class NumberOption
{
    /// <summary>A slot; null when the option is left out.</summary>
    public static Option<ulong?> Slot(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "slot",
        CustomParser = result => Parse(result, name, "a slot, a whole number", out ulong slot) ? slot : null,
    };

    /// <summary>A count from 1 to <paramref name="most"/>; <paramref name="otherwise"/> when it is left out.</summary>
    public static Option<int> Count(string name, string alias, string description, int most, int otherwise) =>
        new(name, alias)
        {
            Description = $"{description}, 1 to {most}.",
            HelpName = "count",
            DefaultValueFactory = _ => otherwise,
            CustomParser = result =>
                Parse(result, name, $"a whole number from 1 to {most}", out int count, it => it >= 1 && it <= most)
                    ? count : otherwise,
        };

    /// <summary>A number with decimals; <paramref name="otherwise"/> when the option is left out.</summary>
    public static Option<double> Real(string name, string description, double otherwise) => new(name)
    {
        Description = description,
        HelpName = "number",
        DefaultValueFactory = _ => otherwise,
        CustomParser = result =>
            Parse(result, name, "a number", out double number, double.IsFinite) ? number : otherwise,
    };

    private static bool Parse<T>(
        ArgumentResult result, string name, string what, out T value, Func<T, bool>? isAllowed = null)
        where T : struct, ISpanParsable<T>
    {
        value = default;
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        var isOne = T.TryParse(text, CultureInfo.InvariantCulture, out value);
        if (isOne && isAllowed?.Invoke(value) != false) return true;
        result.AddError($"{name} '{text}' is not {what}");
        return false;
    }
}
