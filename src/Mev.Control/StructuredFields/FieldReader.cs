using System.Collections.Immutable;

namespace Mev.Control.StructuredFields;

/// <summary>The parsing algorithms of RFC 9651 section 4.2, each null where the text does not fit.</summary>
internal ref struct FieldReader(string text)
{
    private int _at;

    public readonly bool IsAtEnd => _at == text.Length;

    private readonly char Next => _at < text.Length ? text[_at] : '\0';

    public void SkipSpaces()
    {
        while (Next == ' ') _at++;
    }

    public ImmutableArray<FieldEntry>? Dictionary()
    {
        var entries = new List<FieldEntry>();
        while (!IsAtEnd)
        {
            if (Key() is not { } key) return null;
            var isGiven = Take('=');
            var start = _at;
            if ((isGiven ? Member() : Flag()) is not { } member) return null;
            var entry = new FieldEntry(key, member, text[start.._at]);
            if (!Put(entries, entries.FindIndex(other => other.Key == key), entry)) return null;
            SkipBlanks();
            if (IsAtEnd) break;
            if (!Take(',')) return null;
            SkipBlanks();
            if (IsAtEnd) return null; // a comma at the end
        }
        return [.. entries];
    }

    public FieldItem? Item() =>
        Value() is { } value && Parameters() is { } parameters ? new FieldItem(value, parameters) : null;

    public FieldInnerList? InnerList()
    {
        if (!Take('(')) return null;
        var items = new List<FieldItem>();
        while (true)
        {
            SkipSpaces();
            if (Take(')')) break;
            if (items.Count == FieldParser.CountMax || Item() is not { } item) return null;
            items.Add(item);
            if (Next is not (' ' or ')')) return null;
        }
        return Parameters() is { } parameters ? new FieldInnerList([.. items], parameters) : null;
    }

    private FieldMember? Member() => Next == '(' ? InnerList() : Item();

    private FieldItem? Flag() =>
        Parameters() is { } parameters ? new FieldItem(new FieldValue.Flag(true), parameters) : null;

    private FieldParameters? Parameters()
    {
        if (Next != ';') return FieldParameters.None;
        var entries = new List<KeyValuePair<string, FieldValue>>();
        while (Take(';'))
        {
            SkipSpaces();
            if (Key() is not { } key) return null;
            var value = Take('=') ? Value() : new FieldValue.Flag(true);
            if (value is null) return null;
            if (!Put(entries, entries.FindIndex(entry => entry.Key == key), new(key, value))) return null;
        }
        return new FieldParameters([.. entries]);
    }

    /// <summary>A name that comes again replaces the value at its first place (RFC 9651 section 4.2.2).</summary>
    private static bool Put<T>(List<T> entries, int index, T entry)
    {
        if (index >= 0) entries[index] = entry;
        else if (entries.Count == FieldParser.CountMax) return false;
        else entries.Add(entry);
        return true;
    }

    private string? Key()
    {
        if (!(char.IsAsciiLetterLower(Next) || Next == '*')) return null;
        var start = _at;
        while (char.IsAsciiLetterLower(Next) || char.IsAsciiDigit(Next) || Next is '_' or '-' or '.' or '*') _at++;
        return text[start.._at];
    }

    private FieldValue? Value() => Next switch
    {
        '"' => Text(),
        ':' => Bytes(),
        '?' => Boolean(),
        '-' or (>= '0' and <= '9') => Integer(),
        '*' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => Token(),
        _ => null,
    };

    private FieldValue.Integer? Integer()
    {
        var isNegative = Take('-');
        var start = _at;
        var value = 0L;
        for (; char.IsAsciiDigit(Next); _at++)
        {
            if (_at - start == 15) return null;
            value = value * 10 + (Next - '0');
        }
        if (_at == start || Next == '.') return null; // no digit, or a decimal
        return new FieldValue.Integer(isNegative ? -value : value);
    }

    private FieldValue.Text? Text()
    {
        _at++;
        var start = _at;
        var escapes = 0;
        for (; Next != '"'; _at++)
        {
            if (Next is < ' ' or > '~') return null; // the end is '\0'
            if (Next != '\\') continue;
            _at++;
            escapes++;
            if (Next is not ('"' or '\\')) return null;
        }
        var raw = text[start.._at++];
        return new FieldValue.Text(escapes == 0 ? raw : Unescaped(raw, raw.Length - escapes));
    }

    private static string Unescaped(string raw, int length) => string.Create(length, raw, static (target, source) =>
    {
        var from = 0;
        for (var to = 0; to < target.Length; to++)
        {
            if (source[from] == '\\') from++;
            target[to] = source[from++];
        }
    });

    private FieldValue.Token Token()
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Next) || (Next != '\0' && "!#$%&'*+-.^_`|~:/".Contains(Next))) _at++;
        return new FieldValue.Token(text[start.._at]);
    }

    private FieldValue.Bytes? Bytes()
    {
        _at++;
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Next) || Next is '+' or '/' or '=') _at++;
        var base64 = text[start.._at];
        return Take(':') && CanonicalBase64.Read(base64) is { } bytes ? new FieldValue.Bytes(bytes) : null;
    }

    private FieldValue.Flag? Boolean()
    {
        _at++;
        if (Take('1')) return new FieldValue.Flag(true);
        return Take('0') ? new FieldValue.Flag(false) : null;
    }

    private void SkipBlanks()
    {
        while (Next is ' ' or '\t') _at++;
    }

    private bool Take(char expected)
    {
        if (Next != expected) return false;
        _at++;
        return true;
    }
}
