namespace Mev.Tidy.Tests.Sources;

/// <summary>A text file with what the rules ask of it. C# is read as text: no compiler is needed to be tidy.</summary>
/// <param name="path">Relative to the repository, with forward slashes.</param>
/// <param name="text">The whole text.</param>
internal sealed class SourceFile(string path, string text)
{
    private readonly Lazy<CSharpText> _csharp = new(() => CSharpText.Of(text));
    private readonly Lazy<IReadOnlyList<TypeDeclaration>> _types = new(() => TypeDeclaration.In(CSharpText.Of(text)));

    public string Path { get; } = path;

    public string Text { get; } = text;

    public string[] Lines { get; } = text.Split('\n');

    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);

    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    public bool IsProgram => Name == "Program.cs";

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The folder below <c>src</c> or <c>tests</c>: the project's name; empty elsewhere.</summary>
    public string Project => Path.Split('/') is ["src" or "tests", var project, _, ..] ? project : "";

    public CSharpText CSharp => _csharp.Value;

    /// <summary>Types declared in the file, nested ones after their parents.</summary>
    public IReadOnlyList<TypeDeclaration> Types => _types.Value;

    /// <summary>"path:line" of a position in the text.</summary>
    public string At(int position) => $"{Path}:{LineOf(position)}";

    public int LineOf(int position) => 1 + Text.AsSpan(0, position).Count('\n');
}
