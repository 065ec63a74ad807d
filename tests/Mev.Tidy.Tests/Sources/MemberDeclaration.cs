using System.Text.RegularExpressions;

namespace Mev.Tidy.Tests.Sources;

/// <summary>A member of a type.</summary>
/// <param name="Name">Of a method or property; empty where the text names none.</param>
/// <param name="Header">Attributes, modifiers and signature, with literals and comments blanked.</param>
/// <param name="Body">Everything after the header, blanked likewise.</param>
/// <param name="Documentation">The original text before and in the header: its comments and attributes.</param>
/// <param name="Position">Of the first character after blanks.</param>
/// <param name="LinesCount">From the first line of the signature to the last of the body.</param>
internal sealed partial record MemberDeclaration(
    string Name, string Header, string Body, string Documentation, int Position, int LinesCount)
{
    public bool IsMethod => !TypeWord().IsMatch(Header) && Name != "extension"
        && Signature().IsMatch(WithoutAttributes(Header));

    public bool IsTest => TestAttribute().IsMatch(Header);

    public bool IsPublic => Regex.IsMatch(WithoutAttributes(Header), @"^\s*public\b");

    /// <summary>Members between two positions: the inside of a type's braces.</summary>
    public static IEnumerable<MemberDeclaration> In(CSharpText text, int start, int end)
    {
        var code = text.Code;
        var (first, body) = (start, -1);
        for (var i = start; i < end; i++)
        {
            if (code[i] is '(' or '[')
            {
                i = Blocks.Close(code, i);
            }
            else if (code[i] == '=' && body < 0)
            {
                body = i;
            }
            else if (code[i] == '{')
            {
                var isExpression = body >= 0;
                if (body < 0) body = i;
                i = Blocks.Close(code, i);
                if (isExpression || IsInitialised(code, i + 1)) continue;
                yield return Make(text, first, body, i + 1);
                (first, body) = (i + 1, -1);
            }
            else if (code[i] == ';')
            {
                yield return Make(text, first, body < 0 ? i : body, i + 1);
                (first, body) = (i + 1, -1);
            }
        }
    }

    private static bool IsInitialised(string code, int position) =>
        code.AsSpan(position).TrimStart() is ['=', not '=', ..];

    private static MemberDeclaration Make(CSharpText text, int first, int body, int end)
    {
        var header = text.Code[first..body];
        var blanks = header.Length - header.TrimStart().Length;
        var signature = WithoutAttributes(header);
        var name = Signature().Match(signature) is { Success: true } method
            ? method.Groups["name"].Value : LastWord().Match(signature).Value;
        return new MemberDeclaration(
            name, header, text.Code[body..end], text.Text[first..body], first + blanks,
            1 + text.Code.AsSpan(first + blanks, end - first - blanks).Count('\n'));
    }

    private static string WithoutAttributes(string header)
    {
        var rest = header.TrimStart();
        while (rest.StartsWith('[')) rest = rest[(Blocks.Close(rest, 0) + 1)..].TrimStart();
        return rest;
    }

    [GeneratedRegex(@"(?<name>\w+)\s*(?:<[^()]*>)?\s*\(")]
    private static partial Regex Signature();

    [GeneratedRegex(@"\b(class|struct|interface|enum|record)\s+\w")]
    private static partial Regex TypeWord();

    [GeneratedRegex(@"\w+(?=\s*$)")]
    private static partial Regex LastWord();

    [GeneratedRegex(@"\[(?:[^\]]*,\s*)?(?:Fact|Theory)\b")]
    private static partial Regex TestAttribute();
}
