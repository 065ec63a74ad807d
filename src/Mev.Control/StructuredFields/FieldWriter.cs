using System.Globalization;
using System.Text;

namespace Mev.Control.StructuredFields;

/// <summary>Writes structured fields in their one form (RFC 9651 section 4.1).</summary>
internal static class FieldWriter
{
    /// <summary>A dictionary of these members.</summary>
    public static string Write(IEnumerable<KeyValuePair<string, FieldMember>> members) =>
        string.Join(", ", members.Select(member => Write(member.Key, member.Value)));

    /// <summary>An item or an inner list, with its parameters.</summary>
    public static string Write(FieldMember member)
    {
        var text = new StringBuilder();
        if (member is FieldInnerList list) text.Append('(').AppendJoin(' ', list.Items.Select(Write)).Append(')');
        else if (member is FieldItem item) Append(text, item.Value);
        Append(text, member.Parameters);
        return text.ToString();
    }

    private static string Write(string key, FieldMember member) =>
        member is FieldItem { Value: FieldValue.Flag { IsTrue: true } }
            ? Append(new StringBuilder(key), member.Parameters).ToString()
            : $"{key}={Write(member)}";

    private static StringBuilder Append(StringBuilder text, FieldParameters parameters)
    {
        foreach (var (key, value) in parameters.Entries)
        {
            text.Append(';').Append(key);
            if (value is not FieldValue.Flag { IsTrue: true }) Append(text.Append('='), value);
        }
        return text;
    }

    private static void Append(StringBuilder text, FieldValue value)
    {
        switch (value)
        {
            case FieldValue.Integer integer: text.Append(CultureInfo.InvariantCulture, $"{integer.Value}"); break;
            case FieldValue.Text quoted: AppendQuoted(text, quoted.Value); break;
            case FieldValue.Token token: text.Append(token.Value); break;
            case FieldValue.Bytes bytes:
                text.Append(':').Append(Convert.ToBase64String(bytes.Value.Span)).Append(':');
                break;
            case FieldValue.Flag flag: text.Append(flag.IsTrue ? "?1" : "?0"); break;
        }
    }

    private static void AppendQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            if (character is '"' or '\\') text.Append('\\');
            text.Append(character);
        }
        text.Append('"');
    }
}
