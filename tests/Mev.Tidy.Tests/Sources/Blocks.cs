namespace Mev.Tidy.Tests.Sources;

/// <summary>Brackets in code whose literals and comments are blanked.</summary>
internal static class Blocks
{
    /// <summary>
    /// The position of the bracket that closes the one at <paramref name="open"/>; the end when none does.
    /// </summary>
    public static int Close(string code, int open)
    {
        var depth = 0;
        for (var i = open; i < code.Length; i++)
        {
            if (code[i] is '{' or '(' or '[') depth++;
            if (code[i] is '}' or ')' or ']' && --depth == 0) return i;
        }
        return code.Length - 1;
    }
}
