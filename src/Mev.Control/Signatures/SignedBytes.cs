using System.Text;
using Mev.Control.StructuredFields;

namespace Mev.Control.Signatures;

/// <summary>The bytes that a signature of a request covers (RFC 9421 section 2.5), written and read.</summary>
internal static class SignedBytes
{
    private const string ParametersName = "@signature-params";

    /// <summary>
    /// A line for each covered component and one for the parameters. Null when the list does not stand in its one form
    /// (so what is signed is what was received), names a component twice or with parameters, or names one that has no
    /// value or one with a line feed.
    /// </summary>
    public static byte[]? Write(FieldInnerList covered, string received, Func<string, string?> valueOf)
    {
        if (FieldWriter.Write(covered) != received || Names(covered) is not { } names) return null;
        var text = new StringBuilder();
        foreach (var name in names)
        {
            if (valueOf(name) is not { } value || value.Contains('\n')) return null;
            text.Append('"').Append(name).Append("\": ").Append(value).Append('\n');
        }
        text.Append('"').Append(ParametersName).Append("\": ").Append(received);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The names of the components in their order; null for anything but distinct bare strings.</summary>
    public static List<string>? Names(FieldInnerList covered)
    {
        var names = new List<string>();
        foreach (var item in covered.Items)
        {
            if (item is not { Value: FieldValue.Text name, Parameters.Entries.IsEmpty: true }) return null;
            if (names.Contains(name.Value)) return null;
            names.Add(name.Value);
        }
        return names;
    }

    /// <summary>
    /// The values of the components, and the parameters' line; null when the bytes are not exactly what
    /// <see cref="Write"/> makes of them.
    /// </summary>
    public static (Dictionary<string, string> Values, FieldInnerList Covered, string Received)? Read(
        ReadOnlySpan<byte> bytes)
    {
        var values = new Dictionary<string, string>();
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n'))
        {
            var end = line.IndexOf("\": ", StringComparison.Ordinal);
            if (end < 1 || line[0] != '"' || values.Count > FieldParser.CountMax) return null;
            if (!values.TryAdd(line[1..end], line[(end + 3)..])) return null;
        }
        if (!values.Remove(ParametersName, out var received) || FieldParser.InnerList(received) is not { } covered)
            return null;
        var again = covered.Items.Length == values.Count ? Write(covered, received, values.GetValueOrDefault) : null;
        return bytes.SequenceEqual(again) ? (values, covered, received) : null;
    }
}
