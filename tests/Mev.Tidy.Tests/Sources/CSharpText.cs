using System.Text;

namespace Mev.Tidy.Tests.Sources;

/// <summary>
/// C# text split into code and comments. <see cref="Code"/> has the length of the text: comments and the insides of
/// literals are blanks, so positions agree and no word in a string is taken for code.
/// </summary>
internal sealed class CSharpText
{
    private readonly StringBuilder _code;
    private readonly List<Comment> _comments = [];
    private int _at;

    private CSharpText(string text)
    {
        Text = text;
        _code = new StringBuilder(text);
        while (_at < text.Length) Step();
        Code = _code.ToString();
    }

    public string Text { get; }

    public string Code { get; }

    /// <summary>Comments with their delimiters, one per <c>//</c> line.</summary>
    public IReadOnlyList<Comment> Comments => _comments;

    public static CSharpText Of(string text) => new(text);

    private char Now => Peek(0);

    private char Peek(int ahead) => _at + ahead < Text.Length ? Text[_at + ahead] : '\0';

    /// <summary>Takes one piece of code, comment or literal.</summary>
    private void Step()
    {
        if (Now == '/' && Peek(1) == '/') TakeComment(Text.IndexOf('\n', _at));
        else if (Now == '/' && Peek(1) == '*') TakeComment(After("*/"));
        else if (Now == '\'') TakeChar();
        else if (Now is '"' or '@' or '$') TakeString();
        else _at++;
    }

    private int After(string mark) =>
        Text.IndexOf(mark, _at, StringComparison.Ordinal) is var at and >= 0 ? at + mark.Length : -1;

    private void TakeComment(int end)
    {
        if (end < 0) end = Text.Length;
        _comments.Add(new Comment(_at, Text[_at..end]));
        BlankTo(end);
    }

    private void TakeChar()
    {
        var end = _at + 1;
        while (end < Text.Length && Text[end] is not ('\'' or '\n')) end += Text[end] == '\\' ? 2 : 1;
        BlankTo(Math.Min(end + 1, Text.Length));
    }

    private void TakeString()
    {
        var start = _at;
        while (Now is '@' or '$') _at++;
        if (Now != '"')
        {
            _at = Math.Max(_at, start + 1);
            return;
        }
        var prefix = Text[start.._at];
        var quotes = 0;
        while (Peek(quotes) == '"') quotes++;
        if (quotes >= 3) TakeRaw(quotes);
        else TakeQuoted(prefix.Contains('@'), prefix.Contains('$'));
    }

    private void TakeRaw(int quotes)
    {
        var end = Text.IndexOf(new string('"', quotes), _at + quotes, StringComparison.Ordinal);
        BlankInside(end < 0 ? Text.Length : end + quotes);
    }

    private void TakeQuoted(bool isVerbatim, bool isInterpolated)
    {
        _at++;
        while (_at < Text.Length && (isVerbatim || Now != '\n'))
        {
            if (Now == '"' && !(isVerbatim && Peek(1) == '"')) break;
            if (isInterpolated && Now == '{' && Peek(1) != '{') TakeHole();
            else BlankTo(_at + (IsPair(isVerbatim, isInterpolated) ? 2 : 1));
        }
        _at++;
    }

    private bool IsPair(bool isVerbatim, bool isInterpolated) => Now switch
    {
        '\\' => !isVerbatim,
        '"' => true,
        '{' => isInterpolated,
        _ => false,
    };

    /// <summary>The expression inside an interpolation is code like any other; its braces are not blocks.</summary>
    private void TakeHole()
    {
        BlankTo(_at + 1);
        var depth = 1;
        while (_at < Text.Length)
        {
            if (Now == '{') depth++;
            if (Now == '}' && --depth == 0) break;
            Step();
        }
        BlankTo(Math.Min(_at + 1, Text.Length));
    }

    private void BlankInside(int end)
    {
        _at++;
        BlankTo(end - 1);
        _at = end;
    }

    private void BlankTo(int end)
    {
        for (end = Math.Min(end, Text.Length); _at < end; _at++)
            if (Text[_at] != '\n') _code[_at] = ' ';
    }
}
