namespace Mev.Control.Keys;

/// <summary>A person or system that holds keys and roles: 1 to 64 of <c>a-z 0-9 . _ -</c>.</summary>
public readonly record struct PrincipalId
{
    /// <summary>Characters of a name at most.</summary>
    public const int LengthMax = 64;

    private PrincipalId(string name) => Name = name;

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Reads a name; null when it has another form.</summary>
    public static PrincipalId? Parse(string name) =>
        name.Length is > 0 and <= LengthMax
        && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character)
            || character is '.' or '_' or '-')
            ? new PrincipalId(name)
            : null;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
