using System.Text.RegularExpressions;

namespace Mev.Tidy.Tests.Sources;

/// <summary>A type as its file declares it.</summary>
/// <param name="Name">Without type parameters.</param>
/// <param name="Header">Attributes, modifiers, name and bases, with literals and comments blanked.</param>
/// <param name="Position">Of the header in the file.</param>
/// <param name="IsTopLevel">Not nested in another type.</param>
/// <param name="Members">Methods, properties and fields, in order; nested types are types of their own.</param>
internal sealed partial record TypeDeclaration(
    string Name, string Header, int Position, bool IsTopLevel, IReadOnlyList<MemberDeclaration> Members)
{
    public bool IsPublic => Modifier("public").IsMatch(Header);

    public bool IsInterface => Regex.IsMatch(Header, @"\binterface\s+" + Name + @"\b");

    public bool IsStatic => Modifier("static").IsMatch(Header);

    public bool IsAbstract => Modifier("abstract").IsMatch(Header);

    /// <summary>Names among the bases, without type arguments; of a primary constructor's types too.</summary>
    public IEnumerable<string> Bases
    {
        get
        {
            var colon = Header.LastIndexOf(" :", StringComparison.Ordinal);
            if (colon < 0) colon = Header.LastIndexOf("\n:", StringComparison.Ordinal);
            return colon < 0 ? [] : Words().Matches(Header[colon..]).Select(word => word.Value);
        }
    }

    public static IReadOnlyList<TypeDeclaration> In(CSharpText text)
    {
        var found = new List<TypeDeclaration>();
        var bodies = new List<Range>();
        foreach (Match match in Declaration().Matches(text.Code))
        {
            var header = HeaderStart(text.Code, match.Index);
            var end = text.Code.AsSpan(match.Index).IndexOfAny(';', '{') is var i and >= 0
                ? match.Index + i : text.Code.Length;
            var isBlock = end < text.Code.Length && text.Code[end] == '{';
            var close = isBlock ? Blocks.Close(text.Code, end) : end;
            var isNested = bodies.Exists(body => body.Start.Value < match.Index && match.Index < body.End.Value);
            IReadOnlyList<MemberDeclaration> members = isBlock ? [.. MemberDeclaration.In(text, end + 1, close)] : [];
            found.Add(new TypeDeclaration(
                match.Groups["name"].Value, text.Code[header..end], match.Groups["name"].Index, !isNested, members));
            bodies.Add(new Range(end, close));
        }
        return found;
    }

    private static int HeaderStart(string code, int position)
    {
        var before = code.AsSpan(0, position).LastIndexOfAny(';', '{', '}');
        return before + 1;
    }

    private static Regex Modifier(string word) =>
        new(@"(?<=^|[\s\]])" + word + @"\s+[^(:={]*\b(class|struct|interface|enum|record|delegate)\b");

    [GeneratedRegex(
        @"(?<=^|[;{}\])]\s*|^\s*)
        (?:(?:public|internal|private|protected|file|static|sealed|abstract|partial|readonly|ref|unsafe|new)\s+)*
        (?:class|struct|interface|enum|record(?:\s+(?:class|struct))?|delegate\s+[\w<>\[\]?.,\s]+?)
        \s+(?<name>\w+)(?=\s*[<({:;]|\s+where\b|\s*$)",
        RegexOptions.Multiline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Words();
}
