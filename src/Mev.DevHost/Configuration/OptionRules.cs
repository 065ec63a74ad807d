using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Mev.DevHost.Configuration;

/// <summary>
/// What an option may be: values of its type within the bounds of its attributes. The binder leaves a bad value inside
/// a list's entry out without a word, so every value is tried here first.
/// </summary>
/// <param name="Type">Of the property; of an entry, where the property is a list of texts.</param>
/// <param name="Attributes">The property's.</param>
/// <param name="IsEntry">The value is one entry of a list of texts, and the attributes are the list's.</param>
internal sealed record OptionRules(Type Type, IReadOnlyList<ValidationAttribute> Attributes, bool IsEntry)
{
    private const string NotSaid = "Unknown"; // the zero of every enumeration

    private Type Underlying => Nullable.GetUnderlyingType(Type) ?? Type;

    /// <summary>The values that are allowed, for people; empty when any text is.</summary>
    public string Allowed
    {
        get
        {
            string[] parts = [Kind, .. Attributes.Select(Said)];
            return string.Join("; ", parts.Where(part => part.Length > 0));
        }
    }

    /// <summary>Whether the binder takes the text for a value that every attribute allows.</summary>
    public bool Allows(string text)
    {
        if (Underlying.IsEnum && !Names.Contains(text, StringComparer.OrdinalIgnoreCase)) return false;
        try
        {
            var value = TypeDescriptor.GetConverter(Type).ConvertFromInvariantString(text);
            return Attributes.All(rule => rule.IsValid(IsEntry ? new[] { text } : value));
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException or OverflowException)
        {
            return false; // ArgumentException is what the framework's converters wrap the others in
        }
    }

    /// <summary>The names of an enumeration that are allowed.</summary>
    private IEnumerable<string> Names => Attributes.OfType<AllowedValuesAttribute>().FirstOrDefault() is { } allowed
        ? allowed.Values.Select(value => $"{value}")
        : Enum.GetNames(Underlying).Where(name => name != NotSaid);

    private string Kind
    {
        get
        {
            if (Underlying.IsEnum) return string.Join(", ", Names);
            if (Underlying == typeof(bool)) return "true, false";
            if (Attributes.OfType<RangeAttribute>().Any()) return "";
            if (Underlying != typeof(ulong)) return "";
            return $"{ulong.MinValue} to {ulong.MaxValue}{(Underlying == Type ? "" : ", or nothing")}";
        }
    }

    private static string Said(ValidationAttribute rule) => rule switch
    {
        { ErrorMessage: { } own } when !own.Contains("{0}", StringComparison.Ordinal) => own, // not the framework's
        RangeAttribute range => $"{Text(range.Minimum)} to {Text(range.Maximum)}",
        RegularExpressionAttribute expression => $"text like {expression.Pattern}",
        _ => "", // a list of values and what is required are said otherwise
    };

    private static string Text(object bound) => Convert.ToString(bound, CultureInfo.InvariantCulture) ?? "";
}
