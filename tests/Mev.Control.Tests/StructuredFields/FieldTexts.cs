using CsCheck;

namespace Mev.Control.Tests.StructuredFields;

/// <summary>Texts that are structured fields, nearly are, or are anything.</summary>
internal static class FieldTexts
{
    private const string Alphabet = "abzAZ019 \t\"\\;,=()?:*-_.%@+/'~\n\r\0\u007fé€";

    private static readonly Gen<string> Key = Gen.OneOf("a", "sig1", "*b", "z-9_.", "created", "nonce", "tag");

    private static readonly Gen<string> Bare = Gen.OneOf(
        Gen.Long[-1_000_000_000_000_000, 1_000_000_000_000_000].Select(number => $"{number}"),
        Gen.Char[' ', '~'].Array[0, 12].Select(characters => new string(characters))
            .Select(text => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\""),
        Gen.OneOf("*", "token", "a/b:c", "ed25519", "T!#$&'", "?0", "?1", "-0", "007", "1.5", "@5", "%\"a\""),
        Gen.Byte.Array[0, 40].Select(bytes => $":{Convert.ToBase64String(bytes)}:"));

    private static readonly Gen<string> Parameter =
        Gen.Select(Key, Bare, Gen.OneOf("", " "), Gen.Bool).Select((key, value, blank, isFlag) =>
            isFlag ? $";{blank}{key}" : $";{blank}{key}={value}");

    private static readonly Gen<string> Parameters = Parameter.Array[0, 4].Select(string.Concat);

    public static Gen<string> Item { get; } =
        Gen.Select(Bare, Parameters).Select((value, parameters) => value + parameters);

    private static readonly Gen<string> InnerList =
        Gen.Select(Item.Array[0, 5], Parameters, Gen.OneOf(" ", "  ")).Select((items, parameters, blank) =>
            $"({string.Join(blank, items)}){parameters}");

    private static readonly Gen<string> Member =
        Gen.Select(Key, Gen.OneOf(Item, InnerList), Parameters, Gen.Int[0, 4]).Select((key, value, flags, kind) =>
            kind == 0 ? key + flags : $"{key}={value}");

    public static Gen<string> Dictionary { get; } =
        Gen.Select(Member.Array[0, 5], Gen.OneOf(",", ", ", " ,\t")).Select((members, comma) =>
            string.Join(comma, members));

    /// <summary>The text with one to three places changed, left out or doubled; or anything at all.</summary>
    public static Gen<string> Hostile(Gen<string> texts) => Gen.Frequency(
        (3, texts),
        (5, Gen.Select(texts, Gen.Select(Gen.Int, Gen.Int[0, 2], Gen.Char[Alphabet]).Array[1, 3]).Select(Damaged)),
        (2, Gen.Char[Alphabet].Array[0, 60].Select(characters => new string(characters))),
        (1, Gen.String[0, 40]));

    /// <summary>Places of the text changed, left out or doubled.</summary>
    public static string Damaged(string text, (int Place, int Kind, char Character)[] damages)
    {
        foreach (var (place, kind, character) in damages)
        {
            var at = (int)((uint)place % (uint)(text.Length + 1));
            text = (kind, at < text.Length) switch
            {
                (0, true) => text[..at] + character + text[(at + 1)..],
                (1, true) => text.Remove(at, 1),
                _ => text.Insert(at, character.ToString()),
            };
        }
        return text;
    }
}
